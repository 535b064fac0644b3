import { expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { unitVectors } from '../../../src/models/index.ts';
import { applied, both, bothNames, expectClose, noise } from '../support.ts';

it.each(bothNames)('gives every pixel a vector of length 1 in the direction of tanh x (%s)', (name) => {
  const { y } = applied(unitVectors(), noise('x', [2, 3, 3, 3]), { engine: both[name] });
  const lengths = Array.from({ length: 18 }, (_, i) => Math.hypot(...y.data.slice(3 * i, 3 * i + 3)));
  expectClose(Value.of(lengths), Array(18).fill(1), 1e-5);
  const [a, b] = [Math.tanh(1), Math.tanh(-2)];
  const one = applied(unitVectors(), Value.of([1, -2], [1, 1, 1, 2]), { engine: both[name] }).y;
  expectClose(one, [a / Math.hypot(a, b), b / Math.hypot(a, b)], 1e-5);
});

it('refuses what is no image', () => {
  expect(() => unitVectors().init(keyOf(1), [4])).toThrow('unitVectors: expected inputs');
});
