import { describe, expect, it } from 'vitest';
import { growing } from '../../../src/models/index.ts';
import { nCritic } from '../../../src/streams/index.ts';

const growth = growing({ from: 4, to: 16, fade: 4, stay: 6 });

describe('growing', () => {
  it('is a plan of a fade and a stay for each side, the last of which goes on', () => {
    expect(growth.sides).toEqual([4, 8, 16]);
    expect(growth.plan.text).toBe('4x4 6, to 8x8 4, 8x8 6, to 16x16 4, 16x16');
    expect(Array.from({ length: 12 }, (_, index) => growth.plan.moveAt(index).player).join(' ')).toBe(
      'critic@4 generator@4 critic@4 generator@4 critic@4 generator@4 critic@8 generator@8 critic@8 generator@8 critic@8 generator@8',
    );
  });

  it('raises alpha in a straight line within a fade, and is 1 elsewhere', () => {
    const marks = [0, 5, 6, 7, 9, 10, 15, 16, 19, 20, 99].map((index) => growth.at(index));
    expect(marks.map(({ side, alpha }) => `${side} ${alpha}`)).toEqual([
      ...['4 1', '4 1', '8 0.25', '8 0.5', '8 1', '8 1', '8 1', '16 0.25', '16 1', '16 1', '16 1'],
    ]);
  });

  it('takes another schedule at each side', () => {
    const many = growing({ to: 8, fade: 4, stay: 6, schedule: (...players) => nCritic(2, players) });
    expect(many.plan.moveAt(1).player).toBe('critic@4');
    expect(many.plan.moveAt(2).player).toBe('generator@4');
  });

  it.each([
    [{ to: 28 }, 'growing: to: expected a power of 2 from 4, got 28'],
    [{ from: 2, to: 8 }, 'growing: from: expected a power of 2 from 4, got 2'],
    [{ from: 6, to: 8 }, 'growing: from: expected a power of 2 from 4, got 6'],
    [{ from: 8, to: 8 }, 'growing: to: expected a side above 8, got 8'],
    [{ to: 8, fade: 0 }, 'growing: fade: expected a whole number from 1, got 0'],
    [{ to: 8, stay: 1.5 }, 'growing: stay: expected a whole number from 1, got 1.5'],
  ])('refuses %j', (wrong, message) => {
    expect(() => growing({ fade: 4, stay: 6, ...wrong })).toThrow(new RangeError(message));
  });
});
