import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Tree, Value } from '../../../src/engine/index.ts';
import { movingAverage } from '../../../src/models/index.ts';
import { compute, engineNames, engines, expectClose } from '../support.ts';

const old = { 0: { kernel: Value.of([1, 2], [1, 2]), bias: Value.of([0]) } };
const now = { 0: { kernel: Value.of([3, -2], [1, 2]), bias: Value.of([10]) } };

const averaged = (decay: number, name: (typeof engineNames)[number]) =>
  compute(
    { old, now },
    (at) => ({ next: movingAverage(at.old as Tree<Tensor>, at.now as Tree<Tensor>, decay) }),
    engines[name],
  ).next as unknown as typeof old;

describe.each(engineNames)('movingAverage on %s', (name) => {
  it('keeps the share of the old that its decay says', () => {
    const next = averaged(0.9, name);
    expectClose(next[0].kernel, [1.2, 1.6]);
    expectClose(next[0].bias, [1]);
  });

  it('is the weights themselves where nothing is kept', () => {
    expect(averaged(0, name)).toEqual(now);
  });
});
