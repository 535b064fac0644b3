import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Program, type Tree, Value } from '../../../src/engine/index.ts';
import type { ProgramCall } from '../../../src/rl/deep/method.ts';
import { runAll } from '../../../src/rl/deep/run-all.ts';
import { later } from '../../models/support.ts';
import { engines } from './support.ts';

const count: Program = {
  name: 'count',
  run: ({ n }) => {
    const next = tf.add(n as tf.Tensor, 1);
    return { state: { n: next }, outputs: { n: next } };
  },
};

function* three(): Generator<ProgramCall, number, Tree<Value>> {
  let sum = 0;
  for (let i = 0; i < 3; i++) sum += ((yield { program: count, inputs: {} }).n as Value).data[0]!;
  return sum;
}

describe('the runs of a step', () => {
  it('come at once where the engine answers at once', () => {
    const session = engines.cpu.open({ n: Value.scalar(0) });
    expect(runAll(three(), session)).toBe(1 + 2 + 3);
    session.close();
  });

  it('come one after the other as a promise where it does not', async () => {
    const session = later(engines.cpu).open({ n: Value.scalar(0) });
    const sum = runAll(three(), session);
    expect(sum).toBeInstanceOf(Promise);
    expect(await sum).toBe(6);
    session.close();
  });
});
