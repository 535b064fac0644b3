import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Tree, Value } from '../../../src/engine/index.ts';
import { historicalAveraging, sgd } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

const optimizer = historicalAveraging(sgd({ rate: 1 }), 0.25);

describe.each(bothNames)('historical averaging on %s', (name) => {
  it('pulls towards the mean of the past by twice the weight, from the second turn on', () => {
    let weights: Tree<Value> = { w: Value.of([4]) };
    let slots = optimizer.init(weights);
    const course: number[][] = [];
    for (let step = 0; step < 3; step++) {
      const run = compute(
        { weights, slots, gradients: { w: Value.of([1]) }, rate: Value.scalar(1) },
        (given) => {
          const { weights, slots, values } = optimizer.update(
            given.gradients as never,
            given.slots as never,
            given.weights as never,
            given.rate,
          );
          return { weights, slots, distance: values!.historicalDistance as Tensor };
        },
        both[name],
      );
      weights = run.weights as never;
      slots = run.slots as never;
      course.push([(weights.w as Value).data[0]!, run.distance.data[0]!]);
    }
    // 4 - 1; the mean is 4: 3 - 1 - 0.5 (3 - 4); the mean is 3.5: 2.5 - 1 - 0.5 (2.5 - 3.5).
    expect(course).toEqual([
      [3, 0],
      [2.5, 1],
      [2, 1],
    ]);
  });
});

it('refuses a weight below 0', () => {
  expect(() => historicalAveraging(sgd({ rate: 1 }), -1)).toThrow(
    'historicalAveraging: weight: expected a finite number from 0, got -1',
  );
});
