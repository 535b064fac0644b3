import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { cpuEngine, keyOf, normals, wasmEngine } from '../../../src/engine/index.ts';

/** Starts both engines, the one under test last. */
export async function startEngines(): Promise<void> {
  await cpuEngine();
  await wasmEngine();
}

/** A tensor of normal numbers that depend on its name and shape only. */
export function random(name: string, shape: readonly number[]): tf.Tensor {
  return tf.tensor(normals(keyOf(1, name), shape).data as Float32Array, [...shape]);
}

/** The data of what `compute` makes on a backend. */
export function computedOn(backend: string, compute: () => tf.Tensor | tf.Tensor[]): Float32Array[] {
  void tf.setBackend(backend);
  return tf.tidy(() => [compute()].flat().map((tensor) => tensor.dataSync().slice() as Float32Array));
}

/**
 * Fails unless wasm computes what cpu computes, up to rounding, twice the same bits, and leaks
 * nothing.
 */
export function expectAgreement(compute: () => tf.Tensor | tf.Tensor[]): void {
  const theirs = computedOn('cpu', compute);
  const ours = computedOn('wasm', compute);
  const held = tf.backend().numDataIds();
  expect(computedOn('wasm', compute)).toEqual(ours);
  expect(tf.backend().numDataIds()).toBe(held);
  expect(ours.map((data) => data.length)).toEqual(theirs.map((data) => data.length));
  for (const [i, expected] of theirs.entries()) {
    const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const worst = expected.reduce((most, value, j) => Math.max(most, Math.abs(value - ours[i]![j]!)), 0);
    expect(worst / size).toBeLessThan(1e-5);
  }
}
