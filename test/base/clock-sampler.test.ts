import { describe, expect, it } from 'vitest';
import { ClockSampler } from '../../src/base/index.ts';

/** Which of the items, each so many seconds after the one before, are looked at. */
function looked(looks: ClockSampler, seconds: readonly number[], start = 0): number[] {
  let time = start;
  return seconds.flatMap((each, item) => {
    time += each;
    if (!looks.due()) return [];
    looks.seen(time);
    return [item];
  });
}

describe('looks', () => {
  it('are taken at every item while items take longer than ten microseconds', () => {
    expect(looked(new ClockSampler(), Array(5).fill(20e-6))).toEqual([0, 1, 2, 3, 4]);
  });

  it('become rarer while items are quick, down to one in eight', () => {
    expect(looked(new ClockSampler(), Array(32).fill(1e-6))).toEqual([0, 1, 3, 7, 15, 23, 31]);
  });

  it('are taken at every item again as soon as a look finds that they have become slow', () => {
    const looks = new ClockSampler();
    looked(looks, Array(24).fill(1e-6));
    expect(looked(looks, Array(10).fill(1e-3), 24e-6)).toEqual([7, 8, 9]);
  });
});
