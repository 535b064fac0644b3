import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Engine, type Tree, Value } from '../../../src/engine/index.ts';
import {
  adam,
  gradientAccumulation,
  gradientClipping,
  type Optimizer,
  sgd,
} from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

interface State {
  readonly weights: Tree<Value>;
  readonly slots: Tree<Value>;
}

/** The states after each step, from gradients of a matrix and a bias. */
function course(
  optimizer: Optimizer,
  gradients: readonly (readonly number[])[],
  engine: Engine,
  from?: State,
) {
  let weights: Tree<Value> = from?.weights ?? { w: Value.of([1, 2], [1, 2]), b: Value.of([3]) };
  let slots = from?.slots ?? optimizer.init(weights);
  return gradients.map(([first = 0, second = 0, third = 0]) => {
    const given = { w: Value.of([first, second], [1, 2]), b: Value.of([third]) };
    const run = compute(
      { weights, slots, gradients: given, rate: Value.scalar(0.5) },
      (given) => {
        const { gradients, slots, weights, rate } = given as never as Record<string, never>;
        const update = optimizer.update(gradients!, slots!, weights!, rate! as Tensor);
        return { weights: update.weights, slots: update.slots, values: { ...update.values } };
      },
      engine,
    ) as unknown as State & { readonly values: Record<string, Value> };
    weights = run.weights;
    slots = run.slots;
    const { w, b } = weights as { w: Value; b: Value };
    return { numbers: [...w.data, ...b.data], weights, slots, values: run.values };
  });
}

const gradients = [
  [1, -2, 4],
  [3, 2, 0],
  [0, 1, 1],
  [2, -1, 3],
] as const;

describe.each(bothNames)('gradient accumulation on %s', (name) => {
  const engine = both[name];

  it('updates at every second step by the mean of the gradients since the last update', () => {
    const states = course(gradientAccumulation(sgd({ rate: 1 }), 2), gradients, engine);
    // 0.5 * (1 + 3) / 2 = 1, 0.5 * 0 = 0, 0.5 * 2 = 1; then 0.5 * 1, 0.5 * 0, 0.5 * 2.
    expect(states.map(({ numbers }) => numbers)).toEqual([
      [1, 2, 3],
      [0, 2, 2],
      [0, 2, 2],
      [-0.5, 2, 1],
    ]);
    expect(states.map(({ values }) => values.updated!.data[0])).toEqual([0, 1, 0, 1]);
  });

  it('equals the inner optimiser on the means, moments and all', () => {
    const inner = adam({ rate: 1, beta1: 0.5, beta2: 0.75 });
    const means = [
      [2, 0, 2],
      [1, 0, 2],
    ];
    const plain = course(inner, means, engine);
    const states = course(gradientAccumulation(inner, 2), gradients, engine);
    expect([states[1]!.numbers, states[3]!.numbers]).toEqual(plain.map(({ numbers }) => numbers));
    expect((states[3]!.slots as { inner: Tree<Value> }).inner).toEqual(plain[1]!.slots);
  });

  it('goes on from any state to the same bits', () => {
    const optimizer = gradientAccumulation(adam({ rate: 1 }), 3);
    const straight = course(optimizer, gradients, engine);
    const resumed = course(optimizer, gradients.slice(2), engine, straight[1]);
    expect(resumed.at(-1)).toEqual(straight.at(-1));
  });

  it('with 1 step is the optimiser itself', () => {
    const plain = course(sgd({ rate: 1 }), gradients, engine);
    const states = course(gradientAccumulation(sgd({ rate: 1 }), 1), gradients, engine);
    expect(states.map(({ numbers }) => numbers)).toEqual(plain.map(({ numbers }) => numbers));
  });
});

describe.each(bothNames)('gradient clipping on %s', (name) => {
  it('shortens a longer gradient to the length, and leaves a shorter one', () => {
    const states = course(
      gradientClipping(sgd({ rate: 1 }), 1.5),
      [
        [2, -1, 2],
        [0.5, 1, 0.5],
      ],
      both[name],
    );
    // The norm of (2, -1, 2) is 3, so it is halved: 1 - 0.5 * 1, 2 + 0.5 * 0.5, 3 - 0.5 * 1.
    expect(states[0]!.numbers).toEqual([0.5, 2.25, 2.5]);
    expect(states[1]!.numbers).toEqual([0.25, 1.75, 2.25]);
  });
});

it.each([
  [
    () => gradientAccumulation(sgd({ rate: 1 }), 0),
    'gradientAccumulation: steps: expected a whole number from 1',
  ],
  [
    () => gradientClipping(sgd({ rate: 1 }), 0),
    'gradientClipping: length: expected a finite number above 0, got 0',
  ],
])('refuses %s', (make, message) => {
  expect(make).toThrow(message);
});
