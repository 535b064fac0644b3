import { describe, expect, it } from 'vitest';
import { keyOf, normals, Value } from '../../src/engine/index.ts';
import { pyramidDistance } from '../../src/evaluation/pyramid-distance.ts';

const count = 150;
const noise = (seed: number) => normals(keyOf(seed), [count, 16, 16, 1]);

/** Smooth in x and y: every pixel the mean of its 3x3 neighbourhood, at the border of itself. */
function blurred({ shape, data }: Value): Value {
  const at = (i: number, y: number, x: number) =>
    data[(i * 16 + Math.min(15, Math.max(0, y))) * 16 + Math.min(15, Math.max(0, x))]!;
  const smooth = Float32Array.from(data, (_, n) => {
    const [i, y, x] = [n >> 8, (n >> 4) & 15, n & 15];
    let sum = 0;
    for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) sum += at(i, y + dy, x + dx) / 9;
    return sum;
  });
  return new Value('float32', shape, smooth);
}

const options = { patches: 16, directions: 32 };

describe('pyramidDistance', () => {
  it('gives a level for each halving, and small distances for equal distributions', () => {
    const levels = pyramidDistance(noise(1), noise(2), options);
    expect(levels.map(({ side }) => side)).toEqual([16, 8]);
    expect(levels[0]!.distance).toBeLessThan(50);
    expect(pyramidDistance(noise(1), noise(1), options).map(({ distance }) => distance)).toEqual([0, 0]);
  });

  it('sees a blur, which changes how neighbours go together', () => {
    const sharp = pyramidDistance(noise(1), noise(2), options)[0]!.distance;
    expect(pyramidDistance(noise(1), blurred(noise(2)), options)[0]!.distance).toBeGreaterThan(2 * sharp);
  });

  it('does not see contrast, since patches are normalised', () => {
    const loud = new Value(
      'float32',
      [count, 16, 16, 1],
      noise(1).data.map((value) => 3 * value) as Float32Array,
    );
    for (const { distance } of pyramidDistance(noise(1), loud, options)) expect(distance).toBeCloseTo(0, 3);
  });

  it('refuses other sizes, and images below a patch', () => {
    const small = normals(keyOf(1), [2, 4, 4, 1]);
    expect(() => pyramidDistance(noise(1), small)).toThrow('expected images of [16,16,1], got [4,4,1]');
    expect(() => pyramidDistance(small, small)).toThrow(
      'smallest: expected a whole number from 7 to 4, got 7',
    );
  });
});
