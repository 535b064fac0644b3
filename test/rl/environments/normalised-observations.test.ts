import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { environmentLaws, mountainCar, normalisedObservations } from '../../../src/rl/index.ts';
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
