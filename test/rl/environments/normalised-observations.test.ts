import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { RunningMoments } from '../../../src/rl/environments/running-moments.ts';
import {
  environmentLaws,
  mountainCar,
  normalisedObservations,
  normalisedRewards,
  pendulum,
} from '../../../src/rl/index.ts';
import { counter } from './counter.ts';

describe('normalisedObservations', () => {
  const make = () => normalisedObservations(mountainCar());
  for (const { rule, check } of environmentLaws(make, { adaptive: true })) it(rule, check);

  it('gives numbers of mean 0 and deviation 1 in the long run', () => {
    const car = make();
    const seen: (readonly number[])[] = [];
    for (let episode = 0; episode < 20; episode++) {
      car.reset(keyOf(episode));
      for (let i = 0; i < 200; i++) seen.push(car.step(Math.floor(i / 20) % 2 ? 0 : 2).observation);
    }
    for (const i of [0, 1]) {
      const numbers = seen.slice(2000).map((observation) => observation[i]!);
      const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
      const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
      expect(Math.abs(mean)).toBeLessThan(0.15);
      expect(Math.abs(Math.sqrt(squares) - 1)).toBeLessThan(0.15);
    }
  });

  it('clips what is far out', () => {
    const car = normalisedObservations(mountainCar(), { clip: 0.5 });
    car.reset(keyOf(1));
    const numbers = Array.from({ length: 50 }, () => car.step(2).observation).flat();
    expect(Math.max(...numbers.map(Math.abs))).toBe(0.5);
  });

  it('needs lists of numbers', () => {
    expect(() => normalisedObservations(counter() as never)).toThrow(
      /^normalisedObservations: expected an environment with a box, got Counter-v0/,
    );
  });
});

describe('running moments', () => {
  it('comes to mean and deviation of what it sees', () => {
    const moments = new RunningMoments(2);
    // Mean 5 and variance 4; a constant.
    for (const number of [2, 4, 4, 4, 5, 5, 7, 9]) moments.add([number, 3]);
    expect(moments.mean(0)).toBeCloseTo(5, 3);
    expect(moments.deviation(0)).toBeCloseTo(2, 2);
    expect(moments.mean(1)).toBeCloseTo(3, 3);
    expect(moments.deviation(1)).toBeCloseTo(0, 1);
  });

  it('goes on exactly after a restore', () => {
    const [one, other] = [new RunningMoments(1), new RunningMoments(1)];
    one.add([1]);
    other.restore(one.save());
    for (const moments of [one, other]) moments.add([7]);
    expect([other.mean(0), other.deviation(0)]).toEqual([one.mean(0), one.deviation(0)]);
  });
});

describe('normalisedRewards', () => {
  const make = () => normalisedRewards(pendulum());
  for (const { rule, check } of environmentLaws(make, { adaptive: true })) it(rule, check);

  it('keeps the order and the sign of rewards, and brings returns to about unit deviation', () => {
    const [plain, scaled] = [pendulum(), normalisedRewards(pendulum(), { gamma: 0.9 })];
    const returns: number[] = [];
    for (let episode = 0; episode < 30; episode++) {
      plain.reset(keyOf(episode));
      scaled.reset(keyOf(episode));
      let sum = 0;
      for (let i = 0; i < 200; i++) {
        const [one, other] = [plain.step([1]), scaled.step([1])];
        expect(other.observation).toEqual(one.observation);
        expect(Math.sign(other.reward)).toBe(Math.sign(one.reward));
        sum = 0.9 * sum + other.reward;
        if (episode >= 15) returns.push(sum);
      }
    }
    const mean = returns.reduce((total, value) => total + value, 0) / returns.length;
    const variance = returns.reduce((total, value) => total + (value - mean) ** 2, 0) / returns.length;
    expect(Math.abs(Math.sqrt(variance) - 1)).toBeLessThan(0.35);
  });

  it('refuses a discount above 1', () => {
    expect(() => normalisedRewards(pendulum(), { gamma: 2 })).toThrow(
      new RangeError('normalisedRewards: gamma: expected a finite number from 0 to 1, got 2'),
    );
  });
});
