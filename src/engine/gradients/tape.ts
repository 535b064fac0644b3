import * as tf from '@tensorflow/tfjs-core';
import { once } from '../once.ts';

type Inputs = Readonly<Record<string, tf.Tensor>>;

interface TapeNode {
  readonly inputs: Inputs;
  readonly outputs: tf.Tensor[];
  readonly saved: tf.Tensor[];
}

/** The private part of the TensorFlow.js engine that records kernels for gradients. */
interface Recorder {
  readonly state: { activeTape: TapeNode[] | null };
  addTapeNode(
    kernel: string,
    inputs: Inputs,
    outputs: tf.Tensor[],
    gradient: unknown,
    saved: tf.Tensor[],
    attributes: unknown,
  ): void;
}

/** Kernels with float outputs whose derivative is zero wherever they have one. */
const steps = new Set(['Step', 'Sign', 'Floor', 'Ceil', 'Round', 'ZerosLike', 'OnesLike']);

/**
 * Mends the tape of TensorFlow.js 4.22, once for the whole process. Without it, second-order
 * gradients go wrong:
 *
 * - A gradient that uses the saved output of its kernel (tanh, exp, softmax, max, ...) silently
 *   loses the path through that output, because the saved copy is recorded before the kernel.
 * - A custom gradient that saves an intermediate result (`tf.losses.softmaxCrossEntropy`) silently
 *   loses the path through it, because nothing inside a custom gradient is recorded. It throws now.
 * - Comparisons, logic and steps have no gradient registered, or one that sends zeros through the
 *   whole backward pass. They are no longer recorded, so they have no gradient.
 */
export function mendTape(): void {
  once('tape', () => {
    const recorder = tf.engine() as unknown as Recorder;
    const record = recorder.addTapeNode.bind(recorder);
    recorder.addTapeNode = (kernel, inputs, outputs, gradient, saved, attributes) => {
      if (steps.has(kernel) || outputs.every((output) => output.dtype !== 'float32')) {
        for (const copy of saved) copy.dispose();
        return;
      }
      const tape = recorder.state.activeTape!;
      let first = tape.length;
      while (first > 0 && saved.includes(tape[first - 1]!.outputs[0]!)) first--;
      const copying = tape.splice(first);
      // The intermediate results of a custom gradient are disposed of by now.
      const made = copying.map((node) => node.inputs.x!).filter((original) => original.isDisposed);
      if (gradient != null && made.length > 0)
        record(kernel, inputs, made, () => refuse(kernel), [], undefined);
      record(kernel, inputs, outputs, gradient, saved, attributes);
      tape.push(...copying);
    };
  });
}

/** Clears the tape after a gradient that threw. Call it outside of every gradient. */
export function clearTape(): void {
  const { state } = tf.engine() as unknown as Recorder;
  for (const node of state.activeTape ?? []) for (const copy of node.saved) copy.dispose();
  state.activeTape = null;
}

function refuse(kernel: string): never {
  throw new RangeError(
    `${kernel.replace(/__op$/, '')}: its custom gradient cannot be differentiated again, ` +
      'because it saves a tensor that it made itself; compose it from plain operations',
  );
}
