import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { cartPole, environmentLaws } from '../../../src/rl/index.ts';
import { follow, startAt, trajectoriesOf } from './fixtures/trajectories.ts';

describe('cartPole', () => {
  for (const { rule, check } of environmentLaws(cartPole)) it(rule, check);

  it('moves as Gymnasium does, to the last bit of float32', () => {
    for (const trajectory of trajectoriesOf<number>('CartPole-v1')) follow(cartPole(), trajectory);
  });

  it('begins with four small numbers', () => {
    const starts = Array.from({ length: 100 }, (_, i) => cartPole().reset(keyOf(i)).observation).flat();
    expect(starts).toHaveLength(400);
    expect(Math.max(...starts.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.05));
    expect(Math.min(...starts)).toBeLessThan(-0.045);
    expect(Math.max(...starts)).toBeGreaterThan(0.045);
  });

  it('ends beyond 2.4 on either side, and beyond 12 degrees', () => {
    const pole = cartPole();
    const kindAfter = (state: number[]) => {
      startAt(pole as never, state);
      return pole.step(1).kind;
    };
    expect(kindAfter([2.39, 0, 0, 0])).toBe('transition');
    expect(kindAfter([2.39, 1, 0, 0])).toBe('termination');
    expect(kindAfter([-2.39, -1, 0, 0])).toBe('termination');
    expect(kindAfter([0, 0, 0.209, 0])).toBe('transition');
    expect(kindAfter([0, 0, 0.209, 1])).toBe('termination');
    expect(kindAfter([0, 0, -0.209, -1])).toBe('termination');
  });

  it('is cut off after its limit', () => {
    const pole = cartPole({ limit: 2 });
    pole.reset(keyOf(1));
    expect(pole.step(0)).toMatchObject({ kind: 'transition', reward: 1 });
    expect(pole.step(1)).toMatchObject({ kind: 'truncation', reward: 1 });
  });
});
