import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { sgd, weightDecay } from '../../../src/models/index.ts';
import { both, compute, expectClose } from '../support.ts';

it('adds the gradients of both costs', () => {
  const given = {
    weights: { w: Value.of([2, -3, 0]) },
    gradients: { w: Value.of([1, 1, 1]) },
    rate: Value.scalar(1),
  };
  const { w } = compute(
    given,
    ({ weights, gradients, rate }) =>
      weightDecay(sgd({ rate: 1 }), { l1: 0.5, l2: 0.1 }).update(
        gradients as never,
        {},
        weights as never,
        rate,
      ).weights as never as Record<'w', never>,
    both.onnx,
  );
  expectClose(w, [2 - (1 + 0.5 + 0.2), -3 - (1 - 0.5 - 0.3), -1]);
});

it('refuses costs below 0', () => {
  expect(() => weightDecay(sgd({ rate: 1 }), { l1: -1 })).toThrow(
    'weightDecay: l1: expected a finite number from 0',
  );
  expect(() => weightDecay(sgd({ rate: 1 }), { l2: -1 })).toThrow(
    'weightDecay: l2: expected a finite number from 0',
  );
});
