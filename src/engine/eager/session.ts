import * as tf from '@tensorflow/tfjs-core';
import type { Session } from '../engine.ts';
import type { Program } from '../program.ts';
import { flatten, mapTree, type Tree } from '../tree.ts';
import { type Data, type DType, Value } from '../value.ts';

/** A tensor on the active backend with a copy of the value's data. */
export function upload(value: Value): tf.Tensor {
  return tf.tensor(value.data.slice(), [...value.shape], value.dtype);
}

/** A copy of the tensor's data on the host. */
export function download(tensor: tf.Tensor): Value {
  return new Value(tensor.dtype as DType, tensor.shape, tensor.dataSync().slice() as Data);
}

function describe(leaf: { dtype: string; shape: readonly number[] } | undefined): string {
  return leaf === undefined ? 'nothing' : `${leaf.dtype} [${leaf.shape}]`;
}

function requireAlike(
  what: string,
  got: ReadonlyMap<string, tf.Tensor | Value>,
  expected: ReadonlyMap<string, tf.Tensor>,
): void {
  for (const path of new Set([...expected.keys(), ...got.keys()])) {
    const [theirs, ours] = [describe(got.get(path)), describe(expected.get(path))];
    if (theirs !== ours) throw new RangeError(`${what}: expected ${ours} at state ${path}, got ${theirs}`);
  }
}

/** A session of an eager engine: the state is a tree of tensors, and a program is simply called. */
export class EagerSession implements Session {
  readonly #activate: () => void;
  #state: Tree<tf.Tensor>;

  /** `activate` makes the engine's backend the active one of TensorFlow.js. */
  constructor(activate: () => void, state: Tree<Value>) {
    this.#activate = activate;
    activate();
    this.#state = mapTree(state, (value) => tf.keep(upload(value)));
  }

  run(program: Program, inputs: Tree<Value>): Tree<Value> {
    this.#activate();
    const before = flatten(this.#state);
    return tf.tidy(() => {
      const uploaded = mapTree(inputs, upload);
      const result = program.run(this.#state, uploaded);
      const after = flatten(result.state);
      requireAlike(program.name, after, before);
      const outputs = mapTree(result.outputs, download);
      this.#adopt(result.state, before, new Set(flatten(uploaded).values()));
      return outputs as never;
    });
  }

  /** Keeps the leaves of the next state and releases those of the last one that it does not share. */
  #adopt(next: Tree<tf.Tensor>, before: ReadonlyMap<string, tf.Tensor>, taken: Set<tf.Tensor>): void {
    // A leaf may stand in two places, or be an input or another leaf of the last state: then it gets a handle of its own.
    for (const leaf of before.values()) taken.add(leaf);
    this.#state = mapTree(next, (leaf, path) => {
      if (leaf === before.get(path)) return leaf;
      const own = taken.has(leaf) ? tf.clone(leaf) : leaf;
      taken.add(own);
      return tf.keep(own);
    });
    const kept = new Set(flatten(this.#state).values());
    for (const leaf of before.values()) if (!kept.has(leaf)) leaf.dispose();
  }

  read(): Tree<Value> {
    this.#activate();
    return mapTree(this.#state, download);
  }

  write(state: Tree<Value>): void {
    this.#activate();
    requireAlike('write', flatten(state), flatten(this.#state));
    const next = mapTree(state, (value) => tf.keep(upload(value)));
    this.close();
    this.#state = next;
  }

  close(): void {
    for (const leaf of flatten(this.#state).values()) leaf.dispose();
    this.#state = {};
  }
}
