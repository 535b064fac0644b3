import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { convGan, dqn, toyGan } from '../../../../bench/engine-programs.ts';
import { flattenTree, type Program, type Tree, Value } from '../../../../src/engine/index.ts';
import { onnxEngine } from '../../../../src/engine/onnx/runtime/engine.ts';
import { descend, rate, start } from './programs.ts';

const engine = await onnxEngine();

/** One text for all bits of a tree. */
function digestOf(tree: Tree<Value>): string {
  const hash = createHash('sha256');
  for (const [path, { data }] of flattenTree(tree)) hash.update(path).update(new Uint8Array(data.buffer));
  return hash.digest('hex');
}

describe('a session of the compiled engine', () => {
  it('advances the state, tells outputs, and passes on what does not change', async () => {
    const session = engine.open(start);
    expect(await session.run(descend, rate(0.25))).toEqual({
      loss: Value.scalar(30),
      nested: { w: Value.of([0.5, -1, 1.5, 2], [1, 2, 1, 2]) },
    });
    await session.run(descend, rate(0.5));
    expect(session.read()).toEqual({
      w: Value.filled([1, 2, 1, 2], 0),
      nested: { steps: Value.scalar(2) },
      table: start.table,
    });
    session.close();
  });

  it('answers at once', () => {
    const session = engine.open(start);
    expect(session.run(descend, rate(0.25))).not.toBeInstanceOf(Promise);
    session.close();
  });

  it('keeps tensors with four axes as they are meant, from opening to reading', () => {
    const w = Value.of(
      Float32Array.from({ length: 120 }, (_, i) => i),
      [2, 3, 4, 5],
    );
    const session = engine.open({ w });
    expect(session.read()).toEqual({ w });
    session.write({ w: Value.filled([2, 3, 4, 5], 1) });
    expect(session.read()).toEqual({ w: Value.filled([2, 3, 4, 5], 1) });
    session.close();
  });

  it('owns its state: what it was given and what it gave may change', async () => {
    const w = Value.of([1, 2, 3, 4], [1, 2, 1, 2]);
    const session = engine.open({ ...start, w });
    w.data.fill(9);
    (session.read().w as Value).data.fill(9);
    const outputs = await session.run(descend, rate(0));
    expect(outputs.loss).toEqual(Value.scalar(30));
    ((outputs.nested as Tree<Value>).w as Value).data.fill(9);
    expect((session.read().w as Value).data).toEqual(Float32Array.of(1, 2, 3, 4));
    session.close();
  });

  it('keeps what it told and what was read, whatever is run or written after', async () => {
    const session = engine.open(start);
    const told = await session.run(descend, rate(0.25));
    const read = session.read();
    const before = [digestOf(told), digestOf(read)];
    for (let i = 0; i < 3; i++) await session.run(descend, rate(0.1));
    session.write(start);
    await session.run(descend, rate(0.1));
    expect([digestOf(told), digestOf(read)]).toEqual(before);
    session.close();
  });

  it('compiles a program again for inputs of another shape', async () => {
    const sum: Program = {
      name: 'sum',
      run: (state, { x }) => ({ state, outputs: { y: tf.sum(x as tf.Tensor) } }),
    };
    const session = engine.open({});
    expect(await session.run(sum, { x: Value.filled([3], 2) })).toEqual({ y: Value.scalar(6) });
    expect(await session.run(sum, { x: Value.filled([2, 2], 2) })).toEqual({ y: Value.scalar(8) });
    expect(await session.run(sum, { x: Value.filled([3], 5) })).toEqual({ y: Value.scalar(15) });
    session.close();
  });

  it('copies, swaps and replaces leaves of the state', async () => {
    const swap: Program = {
      name: 'swap',
      run: ({ a, b, c }, { x }) => ({
        state: { a: b!, b: a!, c: x! },
        outputs: { old: c!, same: x!, three: tf.scalar(3) },
      }),
    };
    const session = engine.open({ a: Value.scalar(1), b: Value.scalar(2), c: Value.scalar(3) });
    const outputs = await session.run(swap, { x: Value.scalar(4) });
    expect(outputs).toEqual({ old: Value.scalar(3), same: Value.scalar(4), three: Value.scalar(3) });
    expect(session.read()).toEqual({ a: Value.scalar(2), b: Value.scalar(1), c: Value.scalar(4) });
    session.close();
  });

  it('refuses a state of another structure, and keeps its own', () => {
    const session = engine.open(start);
    expect(() => session.write({ ...start, w: Value.scalar(1) })).toThrow(
      /write: expected float32 \[1,2,1,2\] at state w/,
    );
    const wrong: Program = {
      name: 'wrong',
      run: (state) => ({ state: { ...state, w: tf.scalar(1) }, outputs: {} }),
    };
    expect(() => session.run(wrong, {})).toThrow(
      /wrong: expected float32 \[1,2,1,2\] at state w, got float32 \[\]/,
    );
    expect(session.read()).toEqual(start);
    session.close();
  });

  it('keeps its state when a program fails, and goes on', async () => {
    const session = engine.open(start);
    const failing: Program = {
      name: 'failing',
      run: (state, { i }) => ({
        state,
        outputs: { y: tf.gather(state.table as tf.Tensor, i as tf.Tensor1D) },
      }),
    };
    expect(() => session.run(failing, { i: new Value('int32', [1], Int32Array.of(99)) })).toThrow(/Gather/);
    expect(session.read()).toEqual(start);
    await session.run(descend, rate(0.5));
    expect(session.read().nested).toEqual({ steps: Value.scalar(1) });
    session.close();
  });

  it.each([
    ['pictures with a penalty', convGan('bits', 'gp', 2, { channels: 8, layerNorm: true })],
    [
      'pictures with attention',
      convGan('attention', 'hinge', 8, { channels: 8, spectralNorm: true, attention: true }),
    ],
    ['points', toyGan(128, 64)],
    ['an agent', dqn(128, 128)],
  ])(
    'gives the same bits in every run, with one thread and with two, and when resumed: %s',
    async (_, workload) => {
      const { state, programs, inputs } = workload;
      const players = Object.values(programs);
      const two = await onnxEngine({ threads: 2 });
      const play = async (on: typeof engine, stopAt?: number) => {
        let session = on.open(state);
        for (let i = 0; i < 4; i++) {
          if (i === stopAt) {
            const saved = session.read();
            session.close();
            session = on.open(saved);
          }
          await session.run(players[i % players.length]!, inputs(i));
        }
        const result = digestOf(session.read());
        session.close();
        return result;
      };
      const first = await play(engine);
      expect(await play(engine)).toBe(first);
      expect(await play(two)).toBe(first);
      expect(await play(engine, 2)).toBe(first);
    },
  );
});
