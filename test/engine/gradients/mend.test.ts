import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine, wasmEngine } from '../../../src/engine/index.ts';
import { cases } from './cases.ts';
import { type Case, derivatives, expectRight, startOf } from './check.ts';

const table = Object.entries(cases);

describe('gradients of first and second order agree with central differences', () => {
  beforeAll(async () => void (await cpuEngine()));
  it.each(table)('%s', (_, test) => expectRight(test));
});

describe('gradients of first and second order agree between the cpu and the wasm engine', () => {
  beforeAll(async () => void (await Promise.all([cpuEngine(), wasmEngine()])));
  it.each(table)('%s', (_, test) => {
    const [ours, theirs] = ['wasm', 'cpu'].map((backend) => on(backend, test));
    for (const order of ['first', 'second'] as const)
      for (const [name, expected] of Object.entries(theirs![order]))
        expectClose(ours![order][name]!, expected);
  });
});

function on(backend: string, test: Case) {
  void tf.setBackend(backend);
  return derivatives(test, startOf(test));
}

function expectClose(ours: Float32Array, theirs: Float32Array): void {
  const size = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const worst = theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - ours[i]!)), 0);
  expect(worst / size).toBeLessThan(2e-5);
}
