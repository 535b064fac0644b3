import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  differentiate,
  type Engine,
  keyOf,
  normals,
  type Program,
  type Session,
  type Tree,
  Value,
  zipTree,
} from '../../src/engine/index.ts';

type State = Readonly<Record<string, tf.Tensor>>;

const program = (
  name: string,
  run: (state: State, inputs: State) => ReturnType<Program['run']>,
): Program => ({
  name,
  run: (state, inputs) => run(state as State, inputs as State),
});

const addUp = program('add-up', ({ total, count }, { by }) => {
  const next = tf.add(total!, by!);
  return { state: { total: next, count: tf.add(count!, 1) }, outputs: { total: next } };
});

const counting = (): Tree<Value> => ({ total: Value.of([1, 2]), count: Value.scalar(0) });
const by = (...numbers: number[]): Tree<Value> => ({ by: Value.of(numbers) });

/**
 * A step of training: a regression with a hidden layer, momentum, and a penalty on the gradient by
 * the input.
 */
const train: Program = {
  name: 'train',
  run(state, inputs) {
    const { weights, momentum } = state as { weights: Tree<tf.Tensor>; momentum: Tree<tf.Tensor> };
    const { x, y, rate } = inputs as State;
    const predict = (w: Tree<tf.Tensor>, at: tf.Tensor) =>
      tf.matMul(tf.tanh(tf.matMul(at, w.first as tf.Tensor)), w.second as tf.Tensor);
    const { loss, gradients } = differentiate(weights, (w) => {
      const slope = differentiate({ x: x! }, (at) => ({
        loss: tf.sum(predict(w, at.x)),
        extra: {},
      }));
      const penalty = tf.mean(tf.square(slope.gradients.x));
      return { loss: tf.add(tf.mean(tf.square(tf.sub(predict(w, x!), y!))), penalty), extra: {} };
    });
    const next = zipTree(momentum, gradients, (m, g) => tf.add(tf.mul(m, 0.9), g));
    return {
      state: { weights: zipTree(weights, next, (w, m) => tf.sub(w, tf.mul(m, rate!))), momentum: next },
      outputs: { loss },
    };
  },
};

function training(): Tree<Value> {
  const shapes = { first: [3, 8], second: [8, 1] };
  return {
    weights: {
      first: normals(keyOf(1, 'first'), shapes.first),
      second: normals(keyOf(1, 'second'), shapes.second),
    },
    momentum: { first: Value.filled(shapes.first, 0), second: Value.filled(shapes.second, 0) },
  };
}

const trainingInputs = (index: number): Tree<Value> => ({
  x: normals(keyOf(2, 'x', index), [16, 3]),
  y: normals(keyOf(2, 'y', index), [16, 1]),
  rate: Value.scalar(0.01),
});

async function trained(session: Session, from: number, until: number): Promise<Tree<Value>> {
  for (let index = from; index < until; index++) await session.run(train, trainingInputs(index));
  return session.read();
}

/** The error that an action ends in, whether it throws at once or later. */
async function errorOf(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** What every engine must do, as tests. A new engine calls this with what opens it. */
export function conformsToEngine(name: string, open: () => Promise<Engine>): void {
  describe(`the ${name} engine keeps the contract of engines`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
    });

    const withSession = async (state: Tree<Value>, use: (session: Session) => Promise<void>) => {
      const session = engine.open(state);
      try {
        await use(session);
      } finally {
        session.close();
      }
    };

    it('says its name and what it is', () => {
      expect(engine.name).toBe(name);
      expect(engine.description).toMatch(/\w+ .*\w+/);
      expect(engine.description).not.toContain('\n');
    });

    it('makes the result of a program the new state and gives its outputs to the host', async () => {
      await withSession(counting(), async (session) => {
        expect(await session.run(addUp, by(10, 20))).toEqual({ total: Value.of([11, 22]) });
        expect(await session.run(addUp, by(1, 1))).toEqual({ total: Value.of([12, 23]) });
        expect(session.read()).toEqual({ total: Value.of([12, 23]), count: Value.scalar(2) });
      });
    });

    it('gives outputs of rank 0, 1 and 2, of each type, of the size of the batch, and branches of them', async () => {
      const tell = program('tell', (state, { x }) => ({
        state,
        outputs: {
          scalar: tf.sum(x!),
          rows: { sums: tf.sum(x!, 1), nothing: {} },
          matrix: tf.mul(x!, 2),
          whole: tf.argMax(x!, 1),
          truth: tf.greater(x!, 2),
          again: x!,
        },
      }));
      await withSession({ unused: Value.scalar(0) }, async (session) => {
        const x = Value.of([1, 2, 3, 4, 6, 5], [2, 3]);
        expect(await session.run(tell, { x })).toEqual({
          scalar: Value.scalar(21),
          rows: { sums: Value.of([6, 15]), nothing: {} },
          matrix: Value.of([2, 4, 6, 8, 12, 10], [2, 3]),
          whole: new Value('int32', [2], Int32Array.of(2, 1)),
          truth: new Value('bool', [2, 3], Uint8Array.of(0, 0, 1, 1, 1, 1)),
          again: x,
        });
      });
    });

    it('keeps state of every type and rank, and empty branches, in their order', async () => {
      const state: Tree<Value> = {
        z: { none: {}, step: new Value('int32', [], Int32Array.of(3)) },
        mask: new Value('bool', [2], Uint8Array.of(1, 0)),
        a: Value.of([1, 2, 3, 4], [1, 2, 1, 2]),
      };
      const step = program('step', ({ z, mask, a }) => ({
        state: {
          a: a!,
          mask: mask!,
          z: { step: tf.add((z as unknown as State).step!, tf.scalar(1, 'int32')) },
        },
        outputs: {},
      }));
      await withSession(state, async (session) => {
        expect(await session.run(step, {})).toEqual({});
        const after = session.read();
        expect(after).toEqual({ ...state, z: { none: {}, step: new Value('int32', [], Int32Array.of(4)) } });
        expect(Object.keys(after)).toEqual(['z', 'mask', 'a']);
      });
    });

    it('leaves the state as it was when a program throws', async () => {
      const fail = program('fail', ({ total, count }, { by: more }) => {
        const next = tf.add(total!, more!);
        differentiate({ count: count! }, ({ count: c }) => {
          tf.tanh(c);
          throw new Error(`stopped at ${next.shape}`);
        });
        return { state: { total: next, count: count! }, outputs: {} };
      });
      await withSession(counting(), async (session) => {
        await session.run(addUp, by(10, 20));
        const { tensors } = engine.memory();
        for (let i = 0; i < 3; i++)
          expect(await errorOf(() => session.run(fail, by(5, 5)))).toMatchObject({ message: 'stopped at 2' });
        expect(engine.memory().tensors).toBe(tensors);
        expect(session.read()).toEqual({ total: Value.of([11, 22]), count: Value.scalar(1) });
        expect(await session.run(addUp, by(1, 1))).toEqual({ total: Value.of([12, 23]) });
      });
    });

    it.each<[string, (state: State) => Tree<tf.Tensor>, string]>([
      ['lacks a leaf', ({ total }) => ({ total: total! }), 'expected float32 [] at state count, got nothing'],
      [
        'has another leaf',
        (state) => ({ ...state, more: tf.scalar(1) }),
        'expected nothing at state more, got float32 []',
      ],
      [
        'has another shape',
        ({ total, count }) => ({ total: tf.reshape(total!, [2, 1]), count: count! }),
        'expected float32 [2] at state total, got float32 [2,1]',
      ],
      [
        'has another type',
        ({ total, count }) => ({ total: tf.cast(total!, 'int32'), count: count! }),
        'expected float32 [2] at state total, got int32 [2]',
      ],
    ])('refuses a program whose state %s, and names the place', async (_, change, rule) => {
      const wrong = program('wrong', (state) => ({ state: change(state), outputs: {} }));
      await withSession(counting(), async (session) => {
        const error = await errorOf(() => session.run(wrong, {}));
        expect(error).toBeInstanceOf(RangeError);
        expect(error).toMatchObject({ message: `wrong: ${rule}` });
        expect(session.read()).toEqual(counting());
      });
    });

    it('passes leaves on, swaps them, doubles them and takes inputs for them', async () => {
      const shuffle = program('shuffle', ({ a, b, c, d }, { x }) => ({
        state: { a: b!, b: a!, c: x!, d: c!, e: d!, f: d!, g: x! },
        outputs: { x: x! },
      }));
      const [a, b, c, d] = [1, 2, 3, 4].map((i) => Value.of([i, -i]));
      const state = { a: a!, b: b!, c: c!, d: d!, e: a!, f: a!, g: a! };
      await withSession(state, async (session) => {
        const x = Value.of([7, 8]);
        expect(await session.run(shuffle, { x })).toEqual({ x });
        expect(session.read()).toEqual({ a: b, b: a, c: x, d: c, e: d, f: d, g: x });
        await session.run(shuffle, { x: Value.of([5, 5]) });
        expect(session.read()).toMatchObject({ a, b, d: x, e: c, f: c, g: Value.of([5, 5]) });
      });
    });

    it('shares no memory with what it was given or gave', async () => {
      const hold = program('hold', (_, { x }) => ({ state: { held: x! }, outputs: { x: x! } }));
      const state = Value.of([1, 2]);
      await withSession({ held: state }, async (session) => {
        state.data[0] = 99;
        expect(session.read()).toEqual({ held: Value.of([1, 2]) });
        const x = Value.of([3, 4]);
        const { x: out } = (await session.run(hold, { x })) as { x: Value };
        x.data[0] = 99;
        out.data[1] = 99;
        (session.read().held as Value).data[1] = 99;
        expect(session.read()).toEqual({ held: Value.of([3, 4]) });
        const written = Value.of([5, 6]);
        session.write({ held: written });
        written.data[0] = 99;
        expect(session.read()).toEqual({ held: Value.of([5, 6]) });
      });
    });

    it('goes on from a written state as if it had never stopped', async () => {
      let [whole, half]: Tree<Value>[] = [{}, {}];
      await withSession(training(), async (session) => {
        half = await trained(session, 0, 10);
        whole = await trained(session, 10, 20);
      });
      await withSession(training(), async (session) => {
        await trained(session, 100, 103);
        session.write(half!);
        expect(await trained(session, 10, 20)).toEqual(whole);
      });
      await withSession(half!, async (session) => expect(await trained(session, 10, 20)).toEqual(whole));
    });

    it('refuses to write a state of another structure, and keeps its own', async () => {
      await withSession(counting(), async (session) => {
        const error = await errorOf(() => session.write({ total: Value.of([1]), count: Value.scalar(0) }));
        expect(error).toBeInstanceOf(RangeError);
        expect(error).toMatchObject({
          message: 'write: expected float32 [2] at state total, got float32 [1]',
        });
        expect(session.read()).toEqual(counting());
      });
    });

    it('gives the same bits every time, with other sessions beside it', async () => {
      let alone: Tree<Value> = {};
      await withSession(training(), async (session) => {
        alone = await trained(session, 0, 20);
      });
      await withSession(training(), (session) =>
        withSession(training(), async (other) => {
          for (let index = 0; index < 20; index++) {
            await other.run(train, trainingInputs(index + 50));
            await session.run(train, trainingInputs(index));
          }
          expect(session.read()).toEqual(alone);
          expect(other.read()).not.toEqual(alone);
        }),
      );
    });

    it('learns', async () => {
      await withSession(training(), async (session) => {
        const inputs = trainingInputs(0);
        const lossOf = async () => ((await session.run(train, inputs)) as { loss: Value }).loss.data[0]!;
        const first = await lossOf();
        for (let i = 0; i < 50; i++) await lossOf();
        expect(await lossOf()).toBeLessThan(0.8 * first);
      });
    });

    it('holds the same memory after 2,000 runs, and none after closing', async () => {
      const before = engine.memory();
      const session = engine.open(counting());
      await session.run(addUp, by(1, 1));
      const one = engine.memory();
      for (let i = 1; i < 2_000; i++) await session.run(addUp, by(1, 1));
      expect(engine.memory()).toEqual(one);
      session.close();
      expect(engine.memory()).toEqual(before);
    });

    it('holds the same memory after steps of training, reads and writes', async () => {
      await withSession(training(), async (session) => {
        const state = await trained(session, 0, 2);
        const { tensors, bytes } = engine.memory();
        for (let i = 0; i < 20; i++) {
          await trained(session, i, i + 2);
          session.write(state);
        }
        expect(engine.memory()).toEqual({ tensors, bytes });
      });
    });

    it('closes once and for all', async () => {
      const session = engine.open(counting());
      session.close();
      session.close();
      for (const use of [
        () => session.run(addUp, by(1, 1)),
        () => session.read(),
        () => session.write(counting()),
      ])
        expect(await errorOf(use)).toMatchObject({ message: 'session: it has been closed' });
    });
  });
}
