import { describe, expect, it } from 'vitest';
import { keyOf, normals } from '../../../src/engine/index.ts';
import { principalDirections } from '../../../src/export/web/directions.ts';

describe('the principal directions of a generator', () => {
  it('begin with those along which samples change most', () => {
    const [count, size] = [200, 8];
    const noise = normals(keyOf(1, 'noise'), [count, size]).data as Float32Array;
    // A linear generator: the second number moves samples most, then the sixth against the fourth.
    const samples = new Float32Array(count * 2);
    for (let row = 0; row < count; row++) {
      const z = noise.subarray(row * size, (row + 1) * size);
      samples[2 * row] = 10 * z[1]!;
      samples[2 * row + 1] = 3 * (z[5]! - z[3]!);
    }
    const [first, second] = principalDirections(noise, samples, count);
    expect(first!.name).toBe('direction 1');
    expect(first!.numbers[1]).toBeGreaterThan(0.95);
    expect(Math.abs(second!.numbers[5]!)).toBeGreaterThan(0.6);
    expect(Math.sign(second!.numbers[5]!)).toBe(-Math.sign(second!.numbers[3]!));
    for (const { numbers } of [first!, second!]) expect(Math.hypot(...numbers)).toBeCloseTo(1, 4);
  });

  it('are the axes of a small latent space', () => {
    const noise = normals(keyOf(1, 'noise'), [4, 2]).data as Float32Array;
    expect(principalDirections(noise, noise, 4)).toEqual([
      { name: 'noise 1', numbers: [1, 0] },
      { name: 'noise 2', numbers: [0, 1] },
    ]);
  });
});
