import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { EagerSession } from '../../../src/engine/eager/session.ts';
import { cpuEngine, type Program, Value, wasmEngine } from '../../../src/engine/index.ts';

const keep: Program = { name: 'keep', run: (state) => ({ state, outputs: {} }) };

describe('EagerSession', () => {
  beforeAll(async () => void (await Promise.all([cpuEngine(), wasmEngine()])));

  it('makes its backend the active one before it touches a tensor', () => {
    const activated: string[] = [];
    const on = (name: string) => () => {
      activated.push(name);
      if (tf.getBackend() !== name) void tf.setBackend(name);
    };
    const [a, b] = ['cpu', 'wasm'].map((name) => new EagerSession(on(name), { x: Value.scalar(1) }));
    a!.run(keep, {});
    b!.run(keep, {});
    a!.read();
    b!.write({ x: Value.scalar(2) });
    expect(activated).toEqual(['cpu', 'wasm', 'cpu', 'wasm', 'cpu', 'wasm']);
    a!.close();
    b!.close();
  });

  it('holds one tensor for each leaf, also where leaves are the same', () => {
    const before = tf.memory().numTensors;
    const session = new EagerSession(() => {}, { a: Value.scalar(1), b: Value.scalar(2) });
    expect(tf.memory().numTensors).toBe(before + 2);
    const same: Program = {
      name: 'same',
      run: ({ a }) => ({ state: { a: a!, b: a! } as never, outputs: {} }),
    };
    for (let i = 0; i < 3; i++) {
      session.run(same, {});
      expect(tf.memory().numTensors).toBe(before + 2);
    }
    session.close();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps the very tensor of a leaf that is passed on', () => {
    const session = new EagerSession(() => {}, { x: Value.scalar(1) });
    const seen: unknown[] = [];
    const look: Program = {
      name: 'look',
      run: (state) => {
        seen.push(state.x);
        return { state, outputs: {} };
      },
    };
    session.run(look, {});
    session.run(look, {});
    expect(seen[1]).toBe(seen[0]);
    session.close();
  });
});
