import { describe, expect, it } from 'vitest';
import { imagesOf, planeOf } from '../../src/evaluation/images.ts';
import { resizeImages } from '../../src/evaluation/resize-images.ts';

describe('imagesOf', () => {
  it('gives channels of images as planes', () => {
    const data = Array.from({ length: 2 * 2 * 3 * 2 }, (_, i) => i);
    const images = imagesOf('x', { shape: [2, 2, 3, 2], data });
    expect(planeOf(images, 1, 1)).toEqual({
      height: 2,
      width: 3,
      data: Float64Array.of(13, 15, 17, 19, 21, 23),
    });
  });

  it('refuses other ranks and NaN', () => {
    expect(() => imagesOf('x', { shape: [2, 2], data: [1, 2, 3, 4] })).toThrow('got [2,2]');
    expect(() => imagesOf('x', { shape: [1, 1, 2, 1], data: [1, Number.NaN] })).toThrow('got NaN at 1');
  });
});

it('resizeImages lays pixels at half-pixel centres, and makes grey images colour', () => {
  const grey = imagesOf('x', { shape: [1, 1, 2, 1], data: [0, 4] });
  expect([...resizeImages(grey, 1, 4, 1)]).toEqual([0, 1, 3, 4]);
  expect([...resizeImages(grey, 1, 1, 3)]).toEqual([2, 2, 2]);
  const colour = imagesOf('x', { shape: [1, 2, 1, 2], data: [1, 2, 3, 4] });
  expect([...resizeImages(colour, 2, 1, 2)]).toEqual([1, 2, 3, 4]);
});
