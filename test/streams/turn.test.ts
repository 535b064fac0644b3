import { expect, it } from 'vitest';
import { noValues } from '../../src/streams/index.ts';

it('has no values, and nobody can put one in', () => {
  expect(Object.keys(noValues)).toEqual([]);
  expect(() => Object.assign(noValues, { loss: 1 })).toThrow(TypeError);
});
