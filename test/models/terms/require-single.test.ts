import { expect, it } from 'vitest';
import { requireSingle } from '../../../src/models/terms/require-single.ts';

it('refuses packs where each example is told of', () => {
  expect(() => requireSingle('classification', 2)).toThrow(
    new RangeError(
      'classification: packing: expected 1, since a head predicts something of each example, got 2',
    ),
  );
  expect(() => requireSingle('classification', 1)).not.toThrow();
});
