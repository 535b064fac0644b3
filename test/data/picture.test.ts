import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/data/index.ts';
import { checkSize, overWhite } from '../../src/data/picture.ts';

describe('checkSize', () => {
  it('takes a picture from one pixel to 64 million', () => {
    expect(() => checkSize('f', 0, 1, 1)).not.toThrow();
    expect(() => checkSize('f', 0, 8000, 8000)).not.toThrow();
  });

  it.each([
    [0, 5, 'expected a picture from 1 x 1 pixels, got 0 x 5'],
    [5, 0, 'expected a picture from 1 x 1 pixels, got 5 x 0'],
    [8000, 8001, 'expected at most 64000000 pixels, got 8000 x 8001'],
    [2 ** 32 - 1, 2 ** 32 - 1, 'expected at most 64000000 pixels, got 4294967295 x 4294967295'],
  ])('refuses %i x %i, naming the offset', (width, height, rule) => {
    expect(() => checkSize('f', 16, width, height)).toThrow(DataError);
    expect(() => checkSize('f', 16, width, height)).toThrow(`f: at byte 16: ${rule}`);
  });
});

describe('overWhite', () => {
  const data = [100, 50, 0, 0, 100, 50, 0, 102, 100, 50, 0, 255];

  it('lays what is transparent over white', () => {
    const pixels = Uint8Array.of(255, 255, 255, 193, 173, 153, 100, 50, 0);
    expect(overWhite({ width: 3, height: 1, data }, 3)).toEqual({ width: 3, height: 1, channels: 3, pixels });
  });

  it('takes the red channel where one is wanted', () => {
    expect([...overWhite({ width: 3, height: 1, data }, 1).pixels]).toEqual([255, 193, 100]);
  });
});
