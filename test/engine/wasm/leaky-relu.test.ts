import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { computedOn, expectAgreement, random, startEngines } from './agree.ts';

describe('leaky relu on wasm', () => {
  beforeAll(startEngines);

  it.each([[[5]], [[3, 1]], [[7, 33]], [[2, 4, 5, 6]]])('agrees with cpu for shape [%s]', (shape) => {
    for (const alpha of [0, 0.2, 1.5]) expectAgreement(() => tf.leakyRelu(random('x', shape), alpha));
  });

  it('keeps zeros, infinities and what is not a number', () => {
    const [out] = computedOn('wasm', () =>
      tf.leakyRelu(tf.tensor1d([0, -Infinity, Infinity, Number.NaN]), 0.5),
    );
    expect([...out!]).toEqual([0, -Infinity, Infinity, Number.NaN]);
  });
});
