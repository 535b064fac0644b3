import { describe, expect, it } from 'vitest';
import { type ShapeAttributes, shapes } from '../../src/data/index.ts';
import { Value } from '../../src/engine/index.ts';
import { enginePairwise, readShapes } from '../../src/evaluation/index.ts';
import { both } from '../models/support.ts';

const count = 1_000;
const indices = Array.from({ length: count }, (_, i) => i);
const names = ['shape', 'colour', 'size', 'place'] as const satisfies (keyof ShapeAttributes)[];

describe('readShapes', () => {
  // Measured on 4,000 unseen scenes: 16 px 1, 1, 1, 1, distances .0113 (median) and .058 (99 %);
  // 32 px 1, 1, .99975, 1, distances .019 and .093.
  it.each([
    { side: 16, median: 0.02, worst: 0.1 },
    { side: 32, median: 0.03, worst: 0.15 },
  ] as const)('reads all attributes of unseen scenes of $side pixels', async ({ side, median, worst }) => {
    const data = shapes({ side, seed: 5 });
    const pairwise = enginePairwise(both.onnx);
    const readings = await readShapes(data.read(indices).examples, { pairwise });
    pairwise.close();
    const scenes = data.scenes(indices);
    for (const name of names) {
      const right = readings.filter(({ attributes }, i) => attributes[name] === scenes[i]!.attributes[name]);
      expect(right.length / count, name).toBeGreaterThanOrEqual(0.998);
    }
    const distances = readings.map(({ distance }) => distance).sort((a, b) => a - b);
    expect(distances[count / 2]).toBeLessThan(median);
    expect(distances[Math.floor(0.99 * count)]).toBeLessThan(worst);
    expect(readings[3]!.caption).toBe(data.captions([3])[0]);
  });

  it('tells by the distance that an image shows no shape', async () => {
    const { examples } = shapes({ side: 16, seed: 5 }).read([0, 1, 2, 3]);
    // The mean of two scenes at different places is no scene.
    const halves = Float32Array.from(examples.data, (value, i) => (value + examples.data[i % 768]!) / 2);
    const [, second] = await readShapes(new Value('float32', [4, 16, 16, 3], halves));
    expect(second!.distance).toBeGreaterThan(0.2);
  });

  it('refuses images that are none of shapes', async () => {
    await expect(readShapes(Value.zeros('float32', [2, 16, 16, 1]))).rejects.toThrow(
      new RangeError('readShapes: expected images of 16x16x3, 32x32x3 or 64x64x3, got 16x16x1'),
    );
    await expect(readShapes(Value.zeros('float32', [2, 768]))).rejects.toThrow('expected images of shape');
  });
});
