import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPatches, patchesOf, readPatches } from '../../../src/engine/wasm/patches.ts';

const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC' };
const counted = (length: number) => Float32Array.from({ length }, (_, i) => i + 1);

describe('patches', () => {
  it('are read one a row, with zeros where they leave the input', () => {
    const p = patchesOf([1, 2, 2, 1], [3, 3, 1, 1], attributes);
    const patches = new Float32Array(4 * 9).fill(-1);
    readPatches(p, counted(4), patches, 0, 4);
    expect([...patches.subarray(0, 9)]).toEqual([0, 0, 0, 0, 1, 2, 0, 3, 4]);
    expect([...patches.subarray(27)]).toEqual([1, 2, 0, 3, 4, 0, 0, 0, 0]);
  });

  it('can be read from the middle of the batch', () => {
    const p = patchesOf([3, 4, 4, 2], [2, 3, 2, 1], { ...attributes, strides: 2, pad: 'valid' });
    const positions = p.batchSize * p.outHeight * p.outWidth;
    const row = 2 * 3 * 2;
    const [whole, part] = [new Float32Array(positions * row), new Float32Array(3 * row)];
    readPatches(p, counted(96), whole, 0, positions);
    readPatches(p, counted(96), part, 2, 5);
    expect(part).toEqual(whole.slice(2 * row, 5 * row));
  });

  it('are added to where they are read from: the sum of products is the same either way', () => {
    const shape = fc.record({
      height: fc.integer({ min: 3, max: 6 }),
      width: fc.integer({ min: 3, max: 6 }),
      channels: fc.integer({ min: 1, max: 3 }),
      taps: fc.integer({ min: 1, max: 3 }),
      strides: fc.integer({ min: 1, max: 3 }),
      pad: fc.constantFrom('same', 'valid'),
    });
    fc.assert(
      fc.property(shape, ({ height, width, channels, taps, strides, pad }) => {
        const p = patchesOf([2, height, width, channels], [taps, taps, channels, 1], {
          ...attributes,
          strides,
          pad,
        });
        const positions = p.batchSize * p.outHeight * p.outWidth;
        const input = counted(2 * height * width * channels);
        const read = new Float32Array(positions * taps * taps * channels);
        readPatches(p, input, read, 0, positions);
        const weights = counted(read.length);
        const added = new Float32Array(input.length);
        addPatches(p, weights, added, 0, positions);
        const product = (a: Float32Array, b: Float32Array) =>
          a.reduce((sum, value, i) => sum + value * b[i]!, 0);
        expect(product(added, input)).toBe(product(weights, read));
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('are refused for channels first', () => {
    expect(() => patchesOf([1, 1, 2, 2], [1, 1, 1, 1], { ...attributes, dataFormat: 'NCHW' })).toThrow(
      new RangeError('conv2d: expected NHWC on wasm, got NCHW'),
    );
  });
});
