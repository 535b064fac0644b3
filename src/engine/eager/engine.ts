import * as tf from '@tensorflow/tfjs-core';
import type { Engine, Memory, Session } from '../engine.ts';
import { mendGradients } from '../gradients/mend.ts';
import type { Tree } from '../tree.ts';
import type { Value } from '../value.ts';
import { EagerSession } from './session.ts';

tf.enableProdMode();

/**
 * An engine that calls programs step by step on a backend of TensorFlow.js that has been started.
 */
export class EagerEngine implements Engine {
  readonly name: string;
  readonly description: string;

  /**
   * `name` is that of the engine and of the backend, which becomes the active one of TensorFlow.js.
   */
  constructor(name: string, description: string) {
    this.name = name;
    this.description = description;
    mendGradients();
    activate(name);
  }

  open(state: Tree<Value>): Session {
    return new EagerSession(() => activate(this.name), state);
  }

  /** TensorFlow.js counts for the whole process: the tensors of all eager engines together. */
  memory(): Memory {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }
}

/** Makes a started backend the active one; takes effect at once. */
function activate(backend: string): void {
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}
