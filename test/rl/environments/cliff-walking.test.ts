import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { moveOn } from '../../../src/rl/environments/grid.ts';
import { cliffWalking, environmentLaws } from '../../../src/rl/index.ts';
import { compareTransitions } from './fixtures/trajectories.ts';

describe('cliffWalking', () => {
  for (const { rule, check } of environmentLaws(cliffWalking)) it(rule, check);

  it('leads from each cell to where Gymnasium says', () => {
    const walk = cliffWalking();
    const tried = compareTransitions(walk, 'CliffWalking-v1', (state) =>
      walk.restore({ key: { high: 0, low: 0 }, steps: 0, state }),
    );
    expect(tried).toBe(48 * 4);
  });

  it('takes 13 steps along the edge, and sends whoever falls back to the start', () => {
    const walk = cliffWalking();
    expect(walk.reset(keyOf(1)).observation).toBe(36);
    expect(walk.step(1)).toEqual({ kind: 'transition', observation: 36, reward: -100 });
    const path = [0, ...Array(11).fill(1), 2].map((action: number) => walk.step(action));
    expect(path.at(-1)).toEqual({ kind: 'termination', observation: 47, reward: -1 });
    expect(path.reduce((sum, { reward }) => sum + reward, 0)).toBe(-13);
  });

  it('can be slippery, and can be cut off', () => {
    const walk = cliffWalking({ slippery: true, limit: 3 });
    const seen = new Set<number>();
    for (let i = 0; i < 50; i++) {
      walk.reset(keyOf(i));
      seen.add(walk.step(0).observation);
    }
    expect([...seen].sort()).toEqual([24, 36]);
    walk.step(0);
    expect(walk.step(0).kind).toBe('truncation');
  });
});

it('moves to the neighbour, and not beyond the edge', () => {
  expect(moveOn(3, 4, 5, [1, 0])).toBe(9);
  expect(moveOn(3, 4, 5, [0, -1])).toBe(4);
  expect(moveOn(3, 4, 4, [0, -1])).toBe(4);
  expect(moveOn(3, 4, 3, [0, 1])).toBe(3);
  expect(moveOn(3, 4, 2, [-1, 0])).toBe(2);
  expect(moveOn(3, 4, 11, [1, 0])).toBe(11);
});
