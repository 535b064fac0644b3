import { describe, expect, it } from 'vitest';
import { constraints, study } from '../../experiments/gradient-norms.ts';
import { openEngine } from '../../src/engine/index.ts';

const { engine } = await openEngine('auto');

describe('figure 1(b) of WGAN-GP on the swiss roll, twelve layers, 1,500 steps', () => {
  it.each([
    ['clipping 0.1', 'explodes', (slope: number) => slope > 0.5],
    ['clipping 0.01', 'vanishes', (slope: number) => slope < -0.5],
    ['clipping 0.001', 'vanishes', (slope: number) => slope < -0.5],
    ['gradient penalty', 'stays flat', (slope: number) => Math.abs(slope) < 0.1],
  ])('%s: the gradient %s', async (name, _, holds) => {
    const constraint = constraints.find((candidate) => candidate.name === name)!;
    const { slope, log10, clipped } = await study(constraint, engine, 1_500, 1);
    console.info(`${name}: ${slope.toFixed(2)} decades a layer, ${log10.map((y) => y.toFixed(1)).join(' ')}`);
    expect(slope).toSatisfy(holds);
    if (constraint.clip !== undefined) expect(clipped).toBeGreaterThan(0.3);
  });
});
