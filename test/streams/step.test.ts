import { expect, it } from 'vitest';
import { noMetrics } from '../../src/streams/index.ts';

it('has no values, and nobody can put one in', () => {
  expect(Object.keys(noMetrics)).toEqual([]);
  expect(() => Object.assign(noMetrics, { loss: 1 })).toThrow(TypeError);
});
