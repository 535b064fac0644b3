import { expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { requireFinite } from '../../src/models/index.ts';

it('names the tensor and the step of a number that is not finite', () => {
  const good = { critic: { w: Value.of([1, -2]) } };
  expect(() => requireFinite(good, 3)).not.toThrow();
  const bad = { ...good, generator: { b: Value.of([0, Number.NaN]) } };
  expect(() => requireFinite(bad, 3)).toThrow(/generator\/b/);
  expect(() => requireFinite(bad, 3)).toThrow(/step 3/);
});
