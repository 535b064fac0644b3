import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { clipping, sgd } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

describe.each(bothNames)('clipping on %s', (name) => {
  it('cuts what the update would have made, and tells the share at the bound', () => {
    const given = {
      weights: { w: Value.of([0.4, -0.2, 0.1, 0]) },
      gradients: { w: Value.of([-2, 5, 0, 1]) },
      rate: Value.scalar(0.1),
    };
    const { weights, values } = compute(
      given,
      ({ weights, gradients, rate }) => {
        const update = clipping(sgd({ rate: 1 }), 0.5).update(gradients as never, {}, weights as never, rate);
        return { weights: update.weights, values: { ...update.values } };
      },
      both[name],
    );
    expect(weights).toEqual({ w: Value.of([0.5, -0.5, 0.1, -0.1]) });
    expect(values).toEqual({ clippedShare: Value.scalar(0.5) });
  });
});

it('is the optimiser itself in all else', () => {
  const momentum = sgd({ rate: 3, momentum: 0.5 });
  expect(clipping(momentum, 1)).toMatchObject({ name: 'sgd', rate: 3, init: momentum.init });
});

it.each([0, -1, Number.NaN])('refuses the bound %s', (bound) => {
  expect(() => clipping(sgd({ rate: 1 }), bound)).toThrow(
    `clipping: bound: expected a finite number above 0, got ${bound}`,
  );
});
