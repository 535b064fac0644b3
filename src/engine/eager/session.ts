import * as tf from '@tensorflow/tfjs-core';
import type { Session } from '../engine.ts';
import { clearTape } from '../gradients/tape.ts';
import type { Program } from '../program.ts';
import { requireAlike } from '../require-alike.ts';
import { flattenTree, mapTree, type Tree, unflattenTree } from '../tree.ts';
import { type Data, type DType, Value } from '../value.ts';

/** A tensor on the active backend with a copy of the value's data. */
function upload(value: Value): tf.Tensor {
  return tf.tensor(value.data.slice(), [...value.shape], value.dtype);
}

/** A copy of the tensor's data on the host. */
function download(tensor: tf.Tensor): Value {
  return new Value(tensor.dtype as DType, [...tensor.shape], tensor.dataSync().slice() as Data);
}

/** A session of an eager engine: the state is a tree of tensors, and a program is simply called. */
export class EagerSession implements Session {
  readonly #activate: () => void;
  #state: Tree<tf.Tensor>;
  #open = true;

  /** `activate` makes the engine's backend the active one of TensorFlow.js. */
  constructor(activate: () => void, state: Tree<Value>) {
    this.#activate = activate;
    activate();
    this.#state = mapTree(state, (value) => tf.keep(upload(value)));
  }

  run(program: Program, inputs: Tree<Value>): Tree<Value> {
    this.#begin();
    const before = flattenTree(this.#state);
    let outputs: Tree<Value> = {};
    try {
      tf.tidy(() => {
        const uploaded = mapTree(inputs, upload);
        const result = program.run(this.#state, uploaded);
        const after = flattenTree(result.state);
        requireAlike(program.name, after, before);
        outputs = mapTree(result.outputs, download);
        this.#adopt(after, before, new Set(flattenTree(uploaded).values()));
      });
    } catch (error) {
      clearTape();
      throw error;
    }
    return outputs;
  }

  /**
   * Keeps the leaves of the next state and releases those of the last one that it does not share.
   */
  #adopt(
    after: ReadonlyMap<string, tf.Tensor>,
    before: ReadonlyMap<string, tf.Tensor>,
    taken: Set<tf.Tensor>,
  ): void {
    for (const leaf of before.values()) taken.add(leaf);
    const next = new Map<string, tf.Tensor>();
    for (const [path, leaf] of after) {
      const stays = leaf === before.get(path);
      // A leaf that is in two places, or was an input or another leaf of the last state, gets a
      // handle of its own.
      const own = stays || !taken.has(leaf) ? leaf : tf.clone(leaf);
      taken.add(own);
      next.set(path, tf.keep(own));
    }
    for (const [path, leaf] of before) if (next.get(path) !== leaf) leaf.dispose();
    this.#state = unflattenTree(next, this.#state);
  }

  read(): Tree<Value> {
    this.#begin();
    return mapTree(this.#state, download);
  }

  write(state: Tree<Value>): void {
    this.#begin();
    const before = flattenTree(this.#state);
    requireAlike('write', flattenTree(state), before);
    const next = new Map([...flattenTree(state)].map(([path, value]) => [path, tf.keep(upload(value))]));
    for (const leaf of before.values()) leaf.dispose();
    this.#state = unflattenTree(next, this.#state);
  }

  close(): void {
    for (const leaf of flattenTree(this.#state).values()) leaf.dispose();
    this.#state = {};
    this.#open = false;
  }

  #begin(): void {
    if (!this.#open) throw new TypeError('session: it has been closed');
    this.#activate();
  }
}
