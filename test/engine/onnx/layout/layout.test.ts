import { describe, expect, it } from 'vitest';
import { mul, parameter } from '../../../../src/engine/onnx/build.ts';
import type { Node } from '../../../../src/engine/onnx/graph.ts';
import { layout } from '../../../../src/engine/onnx/layout/layout.ts';
import { Tiles } from '../../../../src/engine/onnx/layout/tiles.ts';
import { Windows } from '../../../../src/engine/onnx/layout/windows.ts';
import { liveNodes } from '../../../../src/engine/onnx/live-nodes.ts';
import { blocksOf, errorsOf, geometries } from './convolutions.ts';

const filter = parameter('state/filter', [3, 3, 2, 4], 'float32');
const x = parameter('input/x', [1, 8, 8, 2], 'float32');
const sizes = { strides: [1, 1], dilations: [1, 1], pads: [1, 1, 1, 1] };
const convolution = (input: Node, shape: readonly number[]): Node => ({
  op: 'Conv',
  inputs: [input, filter],
  attributes: sizes,
  shape,
  dtype: 'float32',
});

describe('the layout pass', () => {
  it('lets filters of the state lie as OIHW inside and out, whoever uses them', () => {
    const graph = layout(new Map([['state/filter', mul(filter, filter)]]));
    expect(liveNodes(graph).map(({ op, shape }) => [op, shape])).toEqual([
      ['Parameter', [4, 2, 3, 3]],
      ['Mul', [4, 2, 3, 3]],
    ]);
  });

  it('moves a picture into a chain of convolutions once, and out once', () => {
    const square: Node = parameter('state/square', [3, 3, 4, 4], 'float32');
    const first = convolution(x, [1, 8, 8, 4]);
    const second: Node = { ...first, inputs: [first, square] };
    const operations = liveNodes(layout(new Map([['output/y', second]]))).map(({ op }) => op);
    expect(operations.filter((op) => op === 'Transpose')).toHaveLength(2);
  });
});

describe('tiles', () => {
  it.each(geometries)('convolve pictures of $size to $result within 3e-6', async (geometry) => {
    const errors = await errorsOf(new Tiles(blocksOf(geometry)), geometry);
    for (const error of errors) expect(error).toBeLessThan(3e-6);
  });
});

describe('windows', () => {
  it.each(geometries)('convolve pictures of $size to $result within 1e-6', async (geometry) => {
    const errors = await errorsOf(new Windows(blocksOf(geometry)), geometry);
    for (const error of errors) expect(error).toBeLessThan(1e-6);
  });
});
