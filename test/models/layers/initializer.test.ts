import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import {
  fanInUniform,
  glorotUniform,
  heNormal,
  heUniform,
  type Initializer,
  lecunNormal,
  normal,
  ones,
  orthogonal,
  zeros,
} from '../../../src/models/index.ts';
import { moments } from '../support.ts';

const shape = [200, 300];
const fan = { in: 200, out: 300 };

/** By name: the initialiser, the variance that it promises for this fan, and its bound. */
const table: readonly (readonly [string, Initializer, number, number])[] = [
  ['normal(0.02)', normal(0.02), 0.0004, Infinity],
  ['heNormal', heNormal, 2 / 200, Infinity],
  ['heUniform', heUniform, 2 / 200, Math.sqrt(6 / 200)],
  ['lecunNormal', lecunNormal, 1 / 200, Infinity],
  ['glorotUniform', glorotUniform, 2 / 500, Math.sqrt(6 / 500)],
  ['fanInUniform', fanInUniform, 1 / 600, 1 / Math.sqrt(200)],
];

describe('the initialisers', () => {
  it.each(table)('%s: mean 0, the promised variance, and within its bound', (_, draw, variance, bound) => {
    const value = draw(keyOf(3), shape, fan);
    expect(value).toMatchObject({ dtype: 'float32', shape });
    const got = moments(value.data);
    expect(Math.abs(got.mean)).toBeLessThan(4 * Math.sqrt(variance / value.data.length));
    expect(got.variance / variance).toBeCloseTo(1, 1.5);
    if (bound < Infinity) {
      const largest = (value.data as Float32Array).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(largest).toBeLessThanOrEqual(Math.fround(bound));
      expect(largest).toBeGreaterThan(0.999 * bound);
    }
  });

  it.each(table)('%s: a pure function of the key', (_, draw) => {
    expect(draw(keyOf(1), [4, 5], fan)).toEqual(draw(keyOf(1), [4, 5], fan));
    expect(draw(keyOf(1), [4, 5], fan)).not.toEqual(draw(keyOf(2), [4, 5], fan));
  });

  it('fills with zeros and ones', () => {
    expect([...zeros(keyOf(1), [3], fan).data]).toEqual([0, 0, 0]);
    expect([...ones(keyOf(1), [3], fan).data]).toEqual([1, 1, 1]);
  });

  it.each([
    ['tall', [5, 3]],
    ['square', [4, 4]],
    ['wide', [3, 5]],
    ['of a filter', [2, 2, 2, 3]],
  ] as const)('orthogonal: vectors of the gain at right angles, %s', (_, shape) => {
    const { data } = orthogonal(2)(keyOf(3), shape, fan);
    const columns = shape.at(-1)!;
    const rows = data.length / columns;
    const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
    const at = (vector: number, i: number) =>
      rows < columns ? data[vector * columns + i]! : data[i * columns + vector]!;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        const product = Array.from({ length }, (_, i) => at(a, i) * at(b, i)).reduce((sum, x) => sum + x, 0);
        expect(product).toBeCloseTo(a === b ? 4 : 0, 5);
      }
    }
    expect(orthogonal(2)(keyOf(3), shape, fan).data).toEqual(data);
    expect(orthogonal(2)(keyOf(4), shape, fan).data).not.toEqual(data);
  });

  it.each([-0.1, Number.NaN, Infinity])('refuses a deviation of %s', (deviation) => {
    expect(() => normal(deviation)).toThrow(
      `normal: deviation: expected a finite number from 0, got ${deviation}`,
    );
  });
});
