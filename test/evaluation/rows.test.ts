import { describe, expect, it } from 'vitest';
import { gatherRows, matrixOf, pairOf, rowsFrom } from '../../src/evaluation/rows.ts';
import { softmaxRows } from '../../src/evaluation/softmax.ts';
import { A, B } from './known.ts';

const total = (data: ArrayLike<number>) => Array.from(data).reduce((sum, value) => sum + value, 0);

describe('matrixOf', () => {
  it('copies rows as doubles', () => {
    const given = Float32Array.of(1, 2, 3, 4, 5, 6);
    const matrix = matrixOf('x', { shape: [3, 2], data: given });
    expect(matrix).toEqual({ count: 3, width: 2, data: Float64Array.of(1, 2, 3, 4, 5, 6) });
  });

  it.each([
    [[6], 'expected rows of shape [count, width], got [6]'],
    [[3, 0], 'expected rows of shape [count, width], got [3,0]'],
    [[2, 2], 'expected rows of shape [count, width], got [2,2]'],
  ])('refuses shape %j for six numbers', (shape, rule) => {
    expect(() => matrixOf('x', { shape, data: [1, 2, 3, 4, 5, 6] })).toThrow(`x: ${rule}`);
  });

  it('names the place of a number that is not finite', () => {
    const data = [0, 1, 2, Number.NaN, 4, 5];
    expect(() => matrixOf('fid', { shape: [3, 2], data })).toThrow(
      'fid: expected finite numbers, got NaN in row 1, column 1',
    );
  });

  it('refuses too few rows', () => {
    expect(() => matrixOf('x', { shape: [1, 2], data: [1, 2] }, 4)).toThrow(
      'x: expected at least 4 rows, got 1',
    );
  });
});

describe('pairOf', () => {
  it('takes the arrays of the known answers, whose sums are known', () => {
    const [a, b] = pairOf('x', A, B);
    expect(total(a.data)).toBeCloseTo(1.4062785024, 9);
    expect(total(b.data)).toBeCloseTo(76.0272861403, 9);
  });

  it('refuses two widths', () => {
    const narrow = { shape: [2, 3], data: new Float64Array(6) };
    expect(() => pairOf('x', A, narrow)).toThrow(
      'x: expected as many columns as the real rows have, 4, got 3',
    );
  });
});

describe('rowsFrom and gatherRows', () => {
  const matrix = matrixOf('x', { shape: [3, 2], data: [1, 2, 3, 4, 5, 6] });

  it('takes a run of rows, up to the last', () => {
    expect(rowsFrom(matrix, 1, 9)).toEqual({ count: 2, width: 2, data: Float64Array.of(3, 4, 5, 6) });
  });

  it('takes rows by number, also twice', () => {
    expect(gatherRows(matrix, [2, 0, 2]).data).toEqual(Float64Array.of(5, 6, 1, 2, 5, 6));
  });
});

it('softmax gives probabilities, also for logits that would overflow', () => {
  const { shape, data } = softmaxRows({ shape: [2, 2], data: [0, Math.log(3), 1000, 1000] });
  expect(shape).toEqual([2, 2]);
  expect(data[0]).toBeCloseTo(0.25, 12);
  expect(data[1]).toBeCloseTo(0.75, 12);
  expect([data[2], data[3]]).toEqual([0.5, 0.5]);
});
