import { describe, expect, it } from 'vitest';
import { imagePlan } from '../../../src/models/index.ts';

const planOf = (options: Partial<Parameters<typeof imagePlan>[1]>) =>
  imagePlan('net', { size: 32, channels: 3, filters: 4, ...options });

describe('the plan of a network for images', () => {
  it('halves both sides down to 4 pixels of the smaller one, or as often as they are even', () => {
    expect(planOf({ size: 32 }).sides).toEqual([
      [32, 32],
      [16, 16],
      [8, 8],
      [4, 4],
    ]);
    expect(planOf({ size: [64, 48] }).sides.at(-1)).toEqual([8, 6]);
    expect(planOf({ size: [8, 128] }).sides.at(-1)).toEqual([4, 64]);
    expect(planOf({ size: 28 }).sides.at(-1)).toEqual([7, 7]);
    expect(planOf({ size: 256 }).sides.at(-1)).toEqual([4, 4]);
  });

  it('doubles the filters with each halving, up to eightfold', () => {
    expect(planOf({ size: 256 }).widths).toEqual([4, 8, 16, 32, 32, 32]);
    expect(planOf({ filters: undefined as never }).widths).toEqual([64, 128, 256]);
  });

  it('takes a depth or widths of its own', () => {
    expect(planOf({ depth: 1 })).toMatchObject({
      sides: [
        [32, 32],
        [16, 16],
      ],
      widths: [4],
    });
    expect(planOf({ size: 10, depth: 1 }).sides.at(-1)).toEqual([5, 5]);
    expect(planOf({ widths: [5, 7, 3] }).widths).toEqual([5, 7, 3]);
  });

  it.each([
    [{ size: 30 }, 'size: expected sides from 8 to 256 pixels that are multiples of 4, got 30'],
    [
      { size: [16, 4] as const },
      'size: expected sides from 8 to 256 pixels that are multiples of 4, got [16,4]',
    ],
    [{ size: 260 }, 'size: expected sides from 8 to 256 pixels that are multiples of 4, got 260'],
    [{ size: 6, depth: 1 }, 'size: expected sides from 8 to 256 pixels, got 6'],
    [{ size: 8.5, depth: 1 }, 'size: expected sides from 8 to 256 pixels, got 8.5'],
    [{ depth: 0 }, 'depth: expected a whole number from 1, got 0'],
    [
      { size: [64, 48] as const, depth: 5 },
      'depth: expected a number of times that 64 and 48 can be halved, got 5',
    ],
    [{ widths: [4, 8] }, 'widths: expected 3, one for each halving of 32x32, got [4,8]'],
    [{ widths: [4, 8, 0] }, 'widths: expected a whole number from 1, got 0'],
    [{ channels: 0 }, 'channels: expected a whole number from 1, got 0'],
  ])('refuses %j', (options, message) => {
    expect(() => planOf(options)).toThrow(new RangeError(`net: ${message}`));
  });
});
