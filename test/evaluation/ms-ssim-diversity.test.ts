import { describe, expect, it } from 'vitest';
import { keyOf, normals, Value } from '../../src/engine/index.ts';
import { msSsimDiversity } from '../../src/evaluation/ms-ssim-diversity.ts';

const noise = normals(keyOf(4), [12, 16, 16, 1], 0.3);
/** One picture twelve times. */
const same = new Value(
  'float32',
  noise.shape,
  Float32Array.from(noise.data, (_, i) => noise.data[i % 256]!),
);

describe('msSsimDiversity', () => {
  it('is 1 for one picture again and again, and low for pictures that differ', () => {
    expect(msSsimDiversity(same, { pairs: 10 })).toBeCloseTo(1, 9);
    expect(msSsimDiversity(noise, { pairs: 10 })).toBeLessThan(0.3);
  });

  it('pairs images of one class only', () => {
    const two = new Value(
      'float32',
      noise.shape,
      Float32Array.from(noise.data, (_, i) => noise.data[(i >> 8) % 2 === 0 ? i % 256 : 256 + (i % 256)]!),
    );
    const labels = Array.from({ length: 12 }, (_, i) => i % 2);
    expect(msSsimDiversity(two, { labels, pairs: 20 })).toBeCloseTo(1, 9);
    expect(msSsimDiversity(two, { pairs: 20 })).toBeLessThan(0.9);
  });

  it('refuses classes without a pair', () => {
    const labels = Array.from({ length: 12 }, (_, i) => i);
    expect(() => msSsimDiversity(noise, { labels })).toThrow(
      'expected a class of at least 2 images, got none',
    );
  });
});
