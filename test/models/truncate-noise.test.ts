import { describe, expect, it } from 'vitest';
import { keyOf, normals, Value } from '../../src/engine/index.ts';
import { truncateNoise } from '../../src/models/index.ts';

const key = keyOf(7);
const noise = normals(keyOf(1), [4000, 5]);

describe('truncateNoise', () => {
  it('leaves numbers within the threshold, and draws others again until they are within', () => {
    const { data } = truncateNoise(noise, 5, 1, key);
    const within = noise.data.map((z) => (Math.abs(z) <= 1 ? 1 : 0));
    expect([...data].filter((z) => Math.abs(z) > 1)).toEqual([]);
    expect([...data].filter((z, i) => within[i] === 1 && z !== noise.data[i])).toEqual([]);
  });

  it.each([0.1, 1, 2])(
    'gives the truncated normal law, whose variance is known (threshold %f)',
    (threshold) => {
      const { data } = truncateNoise(noise, 5, threshold, key);
      const variance = [...data].reduce((sum, z) => sum + z ** 2, 0) / data.length;
      // 1 - 2 t phi(t) / (Phi(t) - Phi(-t)), with the mass by numerical integration.
      const density = (z: number) => Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
      const steps = 10_000;
      let mass = 0;
      for (let i = 0; i < steps; i++)
        mass += (density(threshold * (2 * ((i + 0.5) / steps) - 1)) * 2 * threshold) / steps;
      const expected = 1 - (2 * threshold * density(threshold)) / mass;
      expect(variance / expected).toBeGreaterThan(0.97);
      expect(variance / expected).toBeLessThan(1.03);
    },
  );

  it('draws a row by its number, wherever the rows begin', () => {
    const later = new Value('float32', [2, 5], noise.data.slice(15, 25));
    const all = truncateNoise(noise, 5, 0.5, key).data;
    expect(truncateNoise(later, 5, 0.5, key, 3).data).toEqual(all.slice(15, 25));
  });

  it('leaves what is not normal', () => {
    const codes = Value.filled([2, 4], 9);
    expect([...truncateNoise(codes, 1, 1, key).data].map((z) => z === 9)).toEqual([
      false,
      true,
      true,
      true,
      false,
      true,
      true,
      true,
    ]);
  });

  it.each([0, -1, Number.NaN, Infinity])('refuses %f', (threshold) => {
    expect(() => truncateNoise(noise, 5, threshold, key)).toThrow(
      `truncation: expected a finite number above 0, got ${threshold}`,
    );
  });
});
