import type * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { cases } from '../gradients/cases.ts';
import { startOf } from '../gradients/check.ts';
import { expectSame } from './agree.ts';

describe('every operation that a critic may use, with its first and second gradients, agrees with the cpu engine', () => {
  it.each(Object.entries(cases))('%s', async (name, test) => {
    const names = Object.keys(test.inputs);
    const start = startOf(test);
    const values = names.map((input) => Value.of(start[input]!, test.inputs[input]!));
    const of = (...xs: tf.Tensor[]) => test.of(Object.fromEntries(names.map((input, i) => [input, xs[i]!])));
    await expectSame(name, of, values, { tolerance: 2e-5 });
  });
});
