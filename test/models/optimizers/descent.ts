import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { type Engine, flattenTree, mapTree, type Tree, Value } from '../../../src/engine/index.ts';
import type { Optimizer } from '../../../src/models/index.ts';
import { expectClose, noise } from '../support.ts';

/**
 * Weights of every kind that an optimiser meets: a filter, a matrix, vectors, a scalar, and a
 * branch without any.
 */
const weights: Tree<Value> = {
  0: { kernel: noise('filter', [2, 2, 3, 2]), bias: noise('bias', [2]) },
  1: {},
  2: { kernel: noise('matrix', [4, 3]), bias: noise('vector', [3]) },
  scale: noise('scalar', []),
};

/** The rates of the steps, which are not alike. */
const rates = [0.1, 0.1, 0.02, 0.3, 0.1, 0.05];

/** The gradients of a step: some small, some large, a few zero. */
const gradientsOf = (step: number): Tree<Value> =>
  mapTree(weights, ({ shape }, path) =>
    Value.of(
      noise(`gradient ${step} ${path}`, shape).data.map((g, i) => (i === 1 ? 0 : g * 10 ** ((i % 5) - 3))),
      shape,
    ),
  );

/**
 * How one weight moves in double precision: from its gradient, the step from 1, and what it
 * remembers.
 */
export type Move = (gradient: number, step: number, buffers: Record<string, number>) => number;

/**
 * Fails unless the optimiser moves weights of every kind as the reference says, turn by step, its
 * slots keeping their form.
 */
export function expectDescent(optimizer: Optimizer, move: Move, engine: Engine): void {
  const session = engine.open({ weights, slots: optimizer.init(weights) });
  const form = () => [...flattenTree(session.read())].map(([path, { shape, dtype }]) => [path, shape, dtype]);
  const before = form();
  const update = {
    name: 'update',
    run: (state: Tree<Tensor | Tree<Tensor>>, { gradients, rate }: Tree<Tensor>) => {
      const { weights, slots } = state as { weights: Tree<Tensor>; slots: Tree<Tensor> };
      const { weights: next, slots: after } = optimizer.update(
        gradients as unknown as Tree<Tensor>,
        slots,
        weights,
        rate as Tensor,
      );
      return { state: { weights: next, slots: after }, outputs: {} };
    },
  };
  const precise = mapTree(weights, ({ data }) =>
    Array.from(data, (value) => ({ value, buffers: {} as Record<string, number> })),
  );
  rates.forEach((rate, step) => {
    const gradients = gradientsOf(step);
    session.run(update as never, { gradients, rate: Value.scalar(rate) });
    const got = flattenTree(session.read().weights as Tree<Value>);
    const given = flattenTree(gradients);
    for (const [path, numbers] of flattenTree(precise)) {
      numbers.forEach((number, i) => {
        number.value -= rate * move(given.get(path)!.data[i]!, step + 1, number.buffers);
      });
      expectClose(
        got.get(path)!,
        numbers.map(({ value }) => value),
        2e-5,
      );
    }
  });
  expect(form()).toEqual(before);
  session.close();
}
