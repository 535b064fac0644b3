import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { cartPole, discretised, environmentLaws, mountainCar } from '../../../src/rl/index.ts';
import { counter } from './counter.ts';
import { startAt } from './fixtures/trajectories.ts';

describe('discretised', () => {
  for (const { rule, check } of environmentLaws(() => discretised(mountainCar(), [40, 40]))) it(rule, check);

  it('numbers the cells row by row: floor((p + 1.2) / 0.045) * 40 + floor((v + 0.07) / 0.0035)', () => {
    const car = discretised(mountainCar(), [40, 40]);
    const cellAt = (position: number, velocity: number) => {
      startAt(car as never, [position, velocity]);
      return car.step(1).observation;
    };
    expect(car.observation.rule).toBe('a whole number from 0 to 1599');
    // At 0 the slope takes 0.0025 from the speed: (0 - 0.0025 + 1.2) / 0.045 = 26.6 and (0.0675) /
    // 0.0035 = 19.3.
    expect(cellAt(0, 0)).toBe(26 * 40 + 19);
    // Stopped by the wall: the first row, and speed 0 is bin 20.
    expect(cellAt(-1.19, -0.06)).toBe(20);
  });

  it('counts what lies beyond to the nearest bin', () => {
    const pole = discretised(cartPole(), [1, 1, 2, 3], { low: [-1, -1, -0.01, -1], high: [1, 1, 0.01, 1] });
    startAt(pole as never, [0, 0, 0.1, 50]);
    expect(pole.step(1).observation).toBe(1 * 3 + 2);
    startAt(pole as never, [0, 0, -0.1, -50]);
    expect(pole.step(1).observation).toBe(0);
  });

  it('passes rewards and ends on', () => {
    const car = discretised(mountainCar({ limit: 1 }), [2, 2]);
    car.reset(keyOf(1));
    expect(car.step(1)).toMatchObject({ kind: 'truncation', reward: -1 });
  });

  it('names bins, bounds and environments that do not fit', () => {
    expect(() => discretised(mountainCar(), [40])).toThrow(
      'discretised: bins: expected 2 numbers for MountainCar-v0, got [40]',
    );
    expect(() => discretised(mountainCar(), [40, 0])).toThrow(
      'discretised: bins: expected a whole number from 1, got 0',
    );
    expect(() => discretised(cartPole(), [2, 2, 2, 2])).toThrow('discretised: expected finite bounds');
    expect(() => discretised(counter() as never, [2])).toThrow(
      new TypeError(
        'discretised: expected an environment with a box, got Counter-v0, whose observation is a whole number from 0 to 5',
      ),
    );
  });
});
