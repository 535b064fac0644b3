import { expect, it } from 'vitest';
import { parameter } from '../../../../src/engine/onnx/build.ts';
import { Blocks } from '../../../../src/engine/onnx/layout/blocks.ts';

const attributes = { strides: [2, 2], dilations: [1, 1], pads: [1, 1, 1, 1] };
const of = (changes: Readonly<Record<string, number[]>> = {}, kernel = 4, picture = 8) =>
  Blocks.of([2, picture, 8, 3], [kernel, kernel, 3, 5], [2, 4, 4, 5], { ...attributes, ...changes });

it('are of filters twice as wide as their stride whose windows cover the padded picture', () => {
  expect(of()).toMatchObject({ stride: 2, places: [4, 4], channels: 3, filters: 5 });
  expect(of({ strides: [2, 1] })).toBeUndefined();
  expect(of({ strides: [1, 1] })).toBeUndefined();
  expect(of({ dilations: [2, 1] })).toBeUndefined();
  expect(of({}, 3)).toBeUndefined();
  expect(of({}, 4, 9)).toBeUndefined();
});

it('hold a row more than the result, with the pixels of a block as channels', () => {
  const blocks = of()!;
  const [x, filter] = [parameter('x', [8, 8, 2, 3], 'float32'), parameter('w', [4, 4, 3, 5], 'float32')];
  expect(blocks.fromPicture(x).shape).toEqual([5, 5, 2, 12]);
  expect(blocks.toPicture(blocks.fromPicture(x)).shape).toEqual(x.shape);
  expect(blocks.fromFilter(filter).shape).toEqual([2, 2, 12, 5]);
  expect(blocks.toFilter(blocks.fromFilter(filter)).shape).toEqual(filter.shape);
});
