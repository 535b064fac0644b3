import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { onnxFile, type Program, Value } from '../../src/engine/index.ts';
import { onnxFeatures } from '../../src/evaluation/onnx-features.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

/**
 * A network in a file: the mean of each channel as features, and for two classes what its outputs
 * name.
 */
function exported(name: string, input: readonly number[], axes: readonly number[], classes?: string): string {
  const program: Program = {
    name,
    run(state, { images }) {
      const features = tf.mean(images as tf.Tensor, [...axes]);
      const second = classes === undefined ? {} : { [classes]: tf.slice(features, [0, 0], [input[0]!, 2]) };
      return { state, outputs: { features, ...second } };
    },
  };
  const path = join(root, `${name}.onnx`);
  writeFileSync(path, onnxFile(program, {}, { images: Value.filled(input, 0) }));
  return path;
}

/** Three images of one grey each. */
const grey = Value.of([0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.3, 0.3, 0.3, 0.3], [3, 2, 2, 1]);

describe('onnxFeatures', () => {
  it('fits images to the size, the channels, the order and the batch of the network', async () => {
    const features = await onnxFeatures(exported('nchw', [2, 3, 5, 5], [2, 3]));
    expect(features.hash).toMatch(/^[0-9a-f]{64}$/);
    const told: number[] = [];
    const { features: rows, probabilities } = await features.see(grey, (done) => told.push(done));
    expect(rows.shape).toEqual([3, 3]);
    expect(Array.from(rows.data, (value) => Number(value.toFixed(5)))).toEqual([
      0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.3, 0.3, 0.3,
    ]);
    expect(probabilities).toBeUndefined();
    expect(told).toEqual([2, 3]);
    features.close();
  });

  it('takes the channels last where the network has them there, and class scores by their name', async () => {
    const features = await onnxFeatures(exported('nhwc', [3, 2, 2, 3], [1, 2], 'logits'));
    const colours = Value.of(
      Array.from({ length: 36 }, (_, i) => [1, 2, 3][i % 3]!),
      [3, 2, 2, 3],
    );
    const { features: rows, probabilities } = await features.see(colours);
    expect([...Array.from(rows.data)].slice(0, 3)).toEqual([1, 2, 3]);
    expect(probabilities!.data[0]).toBeCloseTo(1 / (1 + Math.E), 6);
    features.close();
  });

  it('takes the channels first where either place may be that of the channels', async () => {
    const features = await onnxFeatures(exported('square', [3, 3, 3, 3], [2, 3]));
    const colours = Value.of([1, 2, 3], [1, 1, 1, 3]);
    expect(Array.from((await features.see(colours)).features.data)).toEqual([1, 2, 3]);
    features.close();
  });

  it.each([
    ['logits', (x: readonly number[]) => x.map((of) => Math.exp(of) / (Math.exp(1) + Math.exp(2)))],
    ['probabilities', (x: readonly number[]) => x],
  ])('takes an only output named %s for both features and class scores', async (output, classes) => {
    const program: Program = {
      name: `only ${output}`,
      run: (state, { images }) => ({
        state,
        outputs: { [output]: tf.slice(tf.mean(images as tf.Tensor, [1, 2]), [0, 0], [3, 2]) },
      }),
    };
    const path = join(root, `only-${output}.onnx`);
    writeFileSync(path, onnxFile(program, {}, { images: Value.filled([3, 2, 2, 3], 0) }));
    const features = await onnxFeatures(path);
    const colours = Value.of(
      Array.from({ length: 36 }, (_, i) => [1, 2, 3][i % 3]!),
      [3, 2, 2, 3],
    );
    const seen = await features.see(colours);
    const close = (numbers: readonly number[]) => numbers.map((of) => expect.closeTo(of, 6));
    expect(seen.features.shape).toEqual([3, 2]);
    expect([...Array.from(seen.features.data)]).toEqual(close([1, 2, 1, 2, 1, 2]));
    expect([...Array.from(seen.probabilities!.data)]).toEqual(
      close([classes([1, 2]), classes([1, 2]), classes([1, 2])].flat()),
    );
    features.close();
  });

  it('refuses what is not there, and networks with another input', async () => {
    await expect(onnxFeatures(join(root, 'none.onnx'))).rejects.toThrow('which is not there');
    await expect(onnxFeatures(exported('flat', [2, 3], [1]))).rejects.toThrow(
      'expected a network with one input of rank 4',
    );
  });
});
