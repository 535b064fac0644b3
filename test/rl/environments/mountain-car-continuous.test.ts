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

  it('clips a force beyond its bounds, and is paid for the whole of it, as in Gymnasium', () => {
    const [clipped, strongest] = [mountainCarContinuous(), mountainCarContinuous()];
    for (const car of [clipped, strongest]) {
      car.reset(keyOf(3));
      car.step([0.5]);
    }
    const [beyond, most] = [clipped.step([3]), strongest.step([1])];
    expect(beyond.observation[0]).toBeCloseTo(most.observation[0]!, 6);
    expect(beyond.reward).toBeCloseTo(-0.9, 12);
    expect(() => clipped.step([Number.NaN])).toThrow(
      'MountainCarContinuous-v0: action: expected a list of 1 finite numbers (-1 to 1), got ',
    );
  });

  it('is cut off after 999 steps', () => {
    const car = mountainCarContinuous();
    car.reset(keyOf(1));
    const kinds = Array.from({ length: 999 }, () => car.step([0]).kind);
    expect(kinds.indexOf('truncation')).toBe(998);
  });
});
