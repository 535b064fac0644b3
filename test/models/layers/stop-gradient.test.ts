import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { differentiate, Value } from '../../../src/engine/index.ts';
import { stopGradient } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

describe.each(bothNames)('stopGradient on %s', (name) => {
  it('keeps the numbers and drops the slope, in first and second derivatives', () => {
    const run = compute(
      { x: Value.of([2, 3]) },
      ({ x }) => {
        // d/dx sum stop(x) x^2 = 2 stop(x) x, whose square has the slope 8 stop(x)^2 x by the x
        // that is left.
        const slope = (at: tf.Tensor) =>
          differentiate({ at }, ({ at }) => ({
            loss: tf.sum(tf.mul(stopGradient(at), tf.square(at))),
            extra: {},
          })).gradients.at;
        const outer = differentiate({ x }, ({ x }) => ({ loss: tf.sum(tf.square(slope(x))), extra: {} }));
        return { same: stopGradient(x), first: slope(x), second: outer.gradients.x };
      },
      both[name],
    );
    expect(run.same).toEqual(Value.of([2, 3]));
    expect(run.first).toEqual(Value.of([8, 18]));
    expect(run.second).toEqual(Value.of([8 * 4 * 2, 8 * 9 * 3]));
  });
});
