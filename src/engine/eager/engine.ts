import * as tf from '@tensorflow/tfjs-core';
import type { Engine, Memory, Session } from '../engine.ts';
import { mendGradients } from '../gradients/mend.ts';
import type { Tree } from '../tree.ts';
import type { Value } from '../value.ts';
import { EagerSession } from './session.ts';

tf.enableProdMode();
mendGradients();

/** An engine that calls programs step by step on a backend of TensorFlow.js that is registered and answers. */
export class EagerEngine implements Engine {
  readonly name: string;
  readonly description: string;
  readonly #backend: string;

  constructor(name: string, backend: string, description: string) {
    this.name = name;
    this.#backend = backend;
    this.description = description;
  }

  open(state: Tree<Value>): Session {
    return new EagerSession(() => activate(this.#backend), state);
  }

  memory(): Memory {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }
}

/** Makes a backend that has been awaited before the active one; takes effect at once. */
function activate(backend: string): void {
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}
