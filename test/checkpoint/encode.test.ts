import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encode } from 'weir-streams/checkpoint';
import { Value } from 'weir-streams/engine';
import { bytesOf, smallCheckpoint } from './small-checkpoint.ts';

const state = { index: 1 };

describe('encode', () => {
  it('gives the bytes that the first version wrote', () => {
    const fixture = readFileSync(join(import.meta.dirname, 'fixtures', 'weir-1.safetensors'));
    expect(bytesOf(smallCheckpoint()).equals(fixture)).toBe(true);
  });

  it('gives the same bytes in whatever order leaves and keys were made', () => {
    const { tensors, state } = smallCheckpoint();
    const turned = (record: object) => Object.fromEntries(Object.entries(record).reverse());
    const other = { tensors: turned(tensors), state: turned(state) } as never;
    expect(bytesOf(other).equals(bytesOf(smallCheckpoint()))).toBe(true);
  });

  it('gives other bytes for another state, weight, name or shape', () => {
    const w = Value.of([1, 2]);
    const others = [
      { tensors: { w }, state },
      { tensors: { w }, state: { index: 2 } },
      { tensors: { w: Value.of([1, 3]) }, state },
      { tensors: { v: w }, state },
      { tensors: { w: Value.of([1, 2], [2, 1]) }, state },
    ].map((checkpoint) => bytesOf(checkpoint).toString('hex'));
    expect(new Set(others).size).toBe(others.length);
  });

  it('hashes all bytes but those of the hash', () => {
    const bytes = bytesOf(smallCheckpoint());
    const digest = /"sha256":"([0-9a-f]{64})"/.exec(bytes.toString('latin1'))!;
    const at = digest.index + '"sha256":"'.length;
    const rest = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 64)]);
    expect(createHash('sha256').update(rest).digest('hex')).toBe(digest[1]);
  });

  it('aligns the data to eight bytes and shares the memory of the tensors', () => {
    const w = Value.of([1, 2, 3]);
    const [header, data] = encode({ tensors: { w }, state });
    expect(header!.length % 8).toBe(0);
    expect(data!.buffer).toBe(w.data.buffer);
  });

  it('writes only the window of a tensor that is part of a larger array', () => {
    const whole = Float32Array.of(1, 2, 3, 4);
    const part = new Value('float32', [2], whole.subarray(1, 3));
    expect(bytesOf({ tensors: { part }, state })).toEqual(
      bytesOf({ tensors: { part: Value.of([2, 3]) }, state }),
    );
  });

  it.each([
    ['two leaves of one path', { 'a/b': Value.scalar(1), a: { b: Value.scalar(2) } }, 'two of one path'],
    ['a name with a space', { 'a b': Value.scalar(1) }, 'tensor "a b": expected a name'],
    ['a reserved name', { __metadata__: Value.scalar(1) }, 'reserved'],
    ['a name out of the prototype', { a: { constructor: Value.scalar(1) } }, 'reserved'],
    ['a broken shape', { a: new Value('float32', [0.5, 2], new Float32Array(1)) }, 'shape of whole numbers'],
    ['a bool that is neither', { a: new Value('bool', [1], Uint8Array.of(2)) }, 'expected 0 and 1'],
  ])('refuses %s', (_, tensors, message) => {
    expect(() => encode({ tensors: tensors as never, state })).toThrow(RangeError);
    expect(() => encode({ tensors: tensors as never, state })).toThrow(message);
  });

  it('refuses what Node.js could not read again', () => {
    const half = new Value('float32', [2 ** 28], new Float32Array(2 ** 28));
    expect(() => encode({ tensors: { a: half, b: half }, state })).toThrow(
      'expected at most 2147483647 bytes',
    );
  });

  it('refuses a state that is not JSON', () => {
    expect(() => encode({ tensors: {}, state: { index: 1, loss: Number.NaN } })).toThrow('state.loss');
  });
});
