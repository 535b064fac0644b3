import { expect, it } from 'vitest';
import { imagesOf } from '../../src/evaluation/images.ts';
import { resizeImages } from '../../src/evaluation/resize-images.ts';

it('resizeImages lays pixels at half-pixel centres, and makes grey images colour', () => {
  const grey = imagesOf('x', { shape: [1, 1, 2, 1], data: [0, 4] });
  expect([...resizeImages(grey, 1, 4, 1)]).toEqual([0, 1, 3, 4]);
  expect([...resizeImages(grey, 1, 1, 3)]).toEqual([2, 2, 2]);
  const colour = imagesOf('x', { shape: [1, 2, 1, 2], data: [1, 2, 3, 4] });
  expect([...resizeImages(colour, 2, 1, 2)]).toEqual([1, 2, 3, 4]);
});
