import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { normClipping, sgd } from '../../../src/models/index.ts';
import { both, compute, expectClose } from '../support.ts';

it('scales down what is longer than the bound, each kernel by itself', () => {
  const zeros = { a: Value.of([0, 0]), b: Value.of([0]) };
  const run = compute(
    { weights: { a: Value.of([3, -4]), b: Value.of([0.5]) }, gradients: zeros, rate: Value.scalar(1) },
    ({ weights, gradients, rate }) =>
      normClipping(sgd({ rate: 1 }), 1).update(gradients as never, {}, weights as never, rate)
        .weights as never as Record<'a' | 'b', never>,
    both.onnx,
  );
  expectClose(run.a, [0.6, -0.8]);
  expectClose(run.b, [0.5]);
});

it('refuses a bound that is not above 0', () => {
  expect(() => normClipping(sgd({ rate: 1 }), 0)).toThrow(
    'normClipping: bound: expected a finite number above 0, got 0',
  );
});
