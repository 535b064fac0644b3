import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { environmentLaws, mountainCar, stacked } from '../../../src/rl/index.ts';
import { counter } from './counter.ts';

describe('stacked', () => {
  for (const { rule, check } of environmentLaws(() => stacked(mountainCar(), 3))) it(rule, check);

  it('shows the last observations, the oldest first', () => {
    const [plain, three] = [mountainCar(), stacked(mountainCar(), 3)];
    const first = plain.reset(keyOf(1)).observation;
    expect(three.reset(keyOf(1)).observation).toEqual([...first, ...first, ...first]);
    const [second, third, fourth] = [0, 1, 2].map((action) => plain.step(action).observation);
    three.step(0);
    expect(three.step(1).observation).toEqual([...first, ...second!, ...third!]);
    expect(three.step(2).observation).toEqual([...second!, ...third!, ...fourth!]);
  });

  it('names what cannot be stacked', () => {
    expect(() => stacked(mountainCar(), 0)).toThrow('stacked: count: expected a whole number from 1, got 0');
    expect(() => stacked(counter() as never, 2)).toThrow(
      'expected an environment with a box, got Counter-v0',
    );
  });
});
