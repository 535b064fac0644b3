import { expect, it } from 'vitest';
import { RunningMoments } from '../../../src/rl/environments/running-moments.ts';

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
