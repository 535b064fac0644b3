import { expect, it } from 'vitest';
import { isCaptioned, ring8, shapes } from '../../src/data/index.ts';

it('tells data with captions from other data', () => {
  expect(isCaptioned(shapes())).toBe(true);
  expect(isCaptioned(ring8())).toBe(false);
});
