import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { requireLength, requireShape } from '../../../src/rl/learning/shapes.ts';
import { compute } from '../../models/support.ts';

const check = (rank: number, shapes: readonly (readonly number[])[]) =>
  compute(Object.fromEntries(shapes.map((shape, i) => [`x${i}`, Value.filled(shape, 0)])), (tensors) => {
    requireShape('f', rank, tensors as never);
    return {};
  });

it('accepts tensors of one shape of the rank', () => {
  expect(check(1, [[3], [3]])).toEqual({});
  expect(check(2, [[3, 2]])).toEqual({});
});

it('names tensors and shapes that differ, or are of another rank', () => {
  expect(() => check(1, [[3], [2]])).toThrow('f: expected x0, x1 of one shape of rank 1, got [3], [2]');
  expect(() => check(1, [[3, 1]])).toThrow('f: expected x0 of one shape of rank 1, got [3,1]');
});

it('names lists whose lengths differ', () => {
  requireLength('f', { a: [1, 2], b: Float32Array.of(3, 4) });
  expect(() => requireLength('f', { a: [1], b: [] })).toThrow('f: expected a, b of one length, got 1, 0');
});
