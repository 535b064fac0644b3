import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { environmentLaws, mountainCar, stackedFrames } from '../../../src/rl/index.ts';
import { counter } from './counter.ts';

describe('stackedFrames', () => {
  for (const { rule, check } of environmentLaws(() => stackedFrames(mountainCar(), 3))) it(rule, check);

  it('puts the same number of the last frames side by side, the oldest first', () => {
    const [plain, stacked] = [mountainCar(), stackedFrames(mountainCar(), 2)];
    const first = plain.reset(keyOf(1)).observation;
    expect(stacked.reset(keyOf(1)).observation).toEqual([first[0], first[0], first[1], first[1]]);
    const second = plain.step(2).observation;
    expect(stacked.step(2).observation).toEqual([first[0], second[0], first[1], second[1]]);
    const third = plain.step(0).observation;
    expect(stacked.step(0).observation).toEqual([second[0], third[0], second[1], third[1]]);
    // Nothing of an episode is seen in the next one.
    const again = plain.reset(keyOf(2)).observation;
    expect(stacked.reset(keyOf(2)).observation).toEqual([again[0], again[0], again[1], again[1]]);
    expect((stacked.observation as unknown as { low: number[] }).low).toEqual(
      [-1.2, -1.2, -0.07, -0.07].map(Math.fround),
    );
  });

  it('refuses no frames, and observations that are no lists', () => {
    expect(() => stackedFrames(mountainCar(), 0)).toThrow(
      'stackedFrames: count: expected a whole number from 1, got 0',
    );
    expect(() => stackedFrames(counter() as never, 2)).toThrow(
      'stackedFrames: expected an environment with a box, got Counter-v0',
    );
  });
});
