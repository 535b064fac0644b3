import { describe, expect, it } from 'vitest';
import { banded, constraintsFor, preference, surface } from '../../experiments/value-surfaces.ts';
import type { Point } from '../../src/data/index.ts';
import { ring8 } from '../../src/data/index.ts';
import { openEngine } from '../../src/engine/index.ts';

const { engine } = await openEngine('auto');
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
const steps = 3_000;

describe('figure 1(a) of WGAN-GP on the ring', () => {
  it('a penalised critic peaks at the data, a clipped one only knows where on the whole it is', async () => {
    const { examples } = ring8().read(Array.from({ length: 1000 }, (_, i) => i));
    const points = Array.from(
      { length: 1000 },
      (_, i): Point => [examples.data[2 * i]!, examples.data[2 * i + 1]!],
    );
    const shares: number[] = [];
    for (const constraint of constraintsFor(steps)) {
      const seeds: number[] = [];
      for (const seed of [1, 2, 3])
        seeds.push(await preference(await surface(ring8(), constraint, engine, steps, seed), points, seed));
      console.info(constraint.name, seeds);
      shares.push(median(seeds));
    }
    const [clipped, penalised] = shares as [number, number];
    expect(clipped).toBeLessThan(0.65);
    expect(penalised).toBeGreaterThan(0.9);
  });

  it('counts a peak as preferred and a plane as not', async () => {
    const peak = async (points: readonly Point[]) => Float32Array.from(points, ([x, y]) => -Math.hypot(x, y));
    const plane = async (points: readonly Point[]) => Float32Array.from(points, ([x]) => x);
    const origin = Array.from({ length: 2000 }, (): Point => [0, 0]);
    expect(await preference(peak, origin, 1)).toBe(1);
    expect(await preference(plane, origin, 1)).toBeCloseTo(0.5, 1);
  });

  it('cuts scores into sixteen bands of their range', () => {
    expect(banded([-1, -0.01, 0, 1])).toEqual([0, 7 / 16, 8 / 16, 1]);
    expect(banded([2, 2])).toEqual([0, 0]);
  });
});
