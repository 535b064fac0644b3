import { describe, expect, it } from 'vitest';
import { pageModule } from './page-modules.ts';

const { bytes, duration, number, perSecond, share, ticks, whole, words } = await pageModule('format.js');

describe('the numbers of the page', () => {
  it.each([
    [12_340, '12,340'],
    [null, '–'],
  ])('counts %d as %s', (value, text) => expect(whole(value)).toBe(text));

  it.each([
    [0, '0'],
    [0.12345, '0.123'],
    [-1.23456, '-1.235'],
    [12.3456, '12.35'],
    [4567.8, '4,568'],
    [1.2e-7, '1.20e-7'],
    [3e9, '3.00e+9'],
    [undefined, '–'],
    [Number.NaN, '–'],
  ])('says %d as %s', (value, text) => expect(number(value)).toBe(text));

  it.each([
    [93.44, '93.4/s'],
    [0.5, '0.5/s'],
    [0.035, '2.1/min'],
    [0.001, '3.6/h'],
    [0, '0/s'],
  ])('says %d a second as %s', (value, text) => expect(perSecond(value)).toBe(text));

  it.each([
    [0, '0 s'],
    [0.0163, '16.3 ms'],
    [8, '8 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [86_400 * 2 + 3600 * 4, '2 d 4 h'],
    [Infinity, '–'],
    [undefined, '–'],
  ])('says %d seconds as %s', (value, text) => expect(duration(value)).toBe(text));

  it.each([
    [0, '0 %'],
    [0.004, '< 1 %'],
    [0.936, '94 %'],
    [null, '–'],
  ])('says the share %d as %s', (value, text) => expect(share(value)).toBe(text));

  it.each([
    [[0, 500, 1000], '0 500 1,000'],
    [[0, 20_000, 40_000], '0 20k 40k'],
    [[0, 500_000, 1_000_000], '0 0.5M 1M'],
    [[1_000_000, 1_000_500], '1,000,000 1,000,500'],
  ])('writes %j along an axis', (values, text) => expect(ticks(values).join(' ')).toBe(text));

  it.each([
    [999, '999 B'],
    [244_284, '244 KB'],
    [41_200_000, '41.2 MB'],
  ])('says %d bytes as %s', (value, text) => expect(bytes(value)).toBe(text));

  it.each([
    ['gradientNorm', 'Gradient norm'],
    ['loss', 'Loss'],
    ['fid', 'FID'],
    ['ModeCollapse', 'Mode collapse'],
  ])('reads %s as %s', (value, text) => expect(words(value)).toBe(text));
});
