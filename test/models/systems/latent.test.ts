import { expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { gaussian, uniform } from '../../../src/models/index.ts';
import { moments } from '../support.ts';

it('draws normal numbers by key', () => {
  const { size, draw } = gaussian(2);
  const { shape, data } = draw(2000, keyOf(1));
  expect([size, shape]).toEqual([2, [2000, 2]]);
  expect(moments(data)).toEqual({ mean: expect.closeTo(0, 1), variance: expect.closeTo(1, 1) });
  expect(draw(5, keyOf(1))).toEqual(draw(5, keyOf(1)));
  expect(draw(5, keyOf(1))).not.toEqual(draw(5, keyOf(2)));
});

it('draws even numbers between two bounds', () => {
  const { data } = uniform(1, -1, 3).draw(2000, keyOf(1));
  expect(moments(data)).toEqual({ mean: expect.closeTo(1, 0), variance: expect.closeTo(16 / 12, 1) });
  expect(Math.min(...data)).toBeGreaterThanOrEqual(-1);
  expect(Math.max(...data)).toBeLessThanOrEqual(3);
});

it('refuses sizes and bounds that are none', () => {
  expect(() => gaussian(0)).toThrow('latent: expected a whole number from 1, got 0');
  expect(() => uniform(2, 1, 0)).toThrow('uniform: high: expected a finite number from 1, got 0');
});
