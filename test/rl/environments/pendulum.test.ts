import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { environmentLaws, pendulum } from '../../../src/rl/index.ts';
import { follow, startAt, trajectoriesOf } from './fixtures/trajectories.ts';

describe('pendulum', () => {
  for (const { rule, check } of environmentLaws(pendulum)) it(rule, check);

  it('moves as Gymnasium does, to the last bit of float32', () => {
    for (const trajectory of trajectoriesOf<number[]>('Pendulum-v1'))
      follow(pendulum(), {
        ...trajectory,
        actions: trajectory.actions.map((torque) => [torque] as unknown as number[]),
      });
  });

  it('costs nothing upright, and pi squared hanging', () => {
    const rod = pendulum();
    startAt(rod as never, [0, 0]);
    expect(rod.step([0]).reward).toBeCloseTo(0);
    startAt(rod as never, [Math.PI, 0]);
    expect(rod.step([0]).reward).toBeCloseTo(-(Math.PI ** 2), 10);
    startAt(rod as never, [-3 * Math.PI + 0.5, 2]);
    expect(rod.step([1]).reward).toBeCloseTo(-((0.5 - Math.PI) ** 2) - 0.4 - 0.001, 10);
  });

  it('never ends by itself', () => {
    const rod = pendulum();
    rod.reset(keyOf(1));
    const kinds = Array.from({ length: 200 }, () => rod.step([2]).kind);
    expect(kinds.indexOf('truncation')).toBe(199);
    expect(kinds).not.toContain('termination');
  });

  it('clips a torque beyond its bounds, in what it costs too', () => {
    const [clipped, strongest] = [pendulum(), pendulum()];
    for (const rod of [clipped, strongest]) startAt(rod as never, [0.5, 1]);
    expect(clipped.step([-2.5])).toEqual(strongest.step([-2]));
    // 0.25 + 0.1 + 0.001 * 4 where it is not.
    startAt(clipped as never, [0.5, 1]);
    expect(clipped.step([1e30]).reward).toBeCloseTo(-0.354, 6);
  });

  it('refuses a torque that is no finite number, and gravity of none', () => {
    const rod = pendulum();
    rod.reset(keyOf(1));
    for (const torque of [Infinity, Number.NaN, 1e39])
      expect(() => rod.step([torque])).toThrow(
        'Pendulum-v1: action: expected a list of 1 finite numbers (-2 to 2), got [',
      );
    expect(() => rod.step([1, 2])).toThrow('Pendulum-v1: action: expected a list of 1 finite numbers');
    expect(() => pendulum({ gravity: 0 })).toThrow(RangeError);
  });
});
