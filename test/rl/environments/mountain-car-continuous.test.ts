import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { environmentLaws, mountainCarContinuous } from '../../../src/rl/index.ts';
import { follow, trajectoriesOf } from './fixtures/trajectories.ts';

describe('mountainCarContinuous', () => {
  for (const { rule, check } of environmentLaws(mountainCarContinuous)) it(rule, check);

  it('moves as Gymnasium does, to the last bit of float32', () => {
    for (const trajectory of trajectoriesOf<number[]>('MountainCarContinuous-v0'))
      follow(mountainCarContinuous(), {
        ...trajectory,
        actions: trajectory.actions.map((force) => [force] as unknown as number[]),
      });
  });

  it('is cut off after 999 steps', () => {
    const car = mountainCarContinuous();
    car.reset(keyOf(1));
    const kinds = Array.from({ length: 999 }, () => car.step([0]).kind);
    expect(kinds.indexOf('truncation')).toBe(998);
  });
});
