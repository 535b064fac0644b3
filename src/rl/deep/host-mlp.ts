import { flattenTree, type Tree, type Value } from '../../engine/index.ts';
import { checkedShape, densePaths, type PerceptronShape } from './perceptron.ts';

/** A dense layer on the host. */
interface Affine {
  readonly inputs: number;
  readonly outputs: number;
  kernel: Float32Array;
  bias: Float32Array;
  readonly y: Float64Array;
}

/**
 * The network of `perceptron` in plain arithmetic, for one observation at a time: a run of an
 * engine costs some 50 us before it computes anything, and an agent acts at every step of its
 * environment. It takes the same float32 weights and adds up in double precision, so it agrees with
 * the programs up to their rounding, and is the same on every machine.
 */
export class HostMlp {
  readonly #hidden: readonly Affine[];
  readonly #head: Affine;
  readonly #value: Affine | undefined;
  readonly #tanh: boolean;
  /** Of the layers above, in their order, in the weights that are loaded. */
  readonly #paths: readonly string[];

  /** A network whose weights are all zero until they are loaded. */
  constructor(shape: PerceptronShape) {
    const { inputs, hidden, outputs, activation, dueling } = checkedShape(shape);
    const sides = [inputs, ...hidden];
    this.#hidden = hidden.map((units, i) => affine(sides[i]!, units));
    this.#head = affine(sides.at(-1)!, outputs);
    this.#value = dueling ? affine(sides.at(-1)!, 1) : undefined;
    this.#tanh = activation === 'tanh';
    this.#paths = densePaths(shape);
  }

  /**
   * Takes the weights of the layer that `perceptron` makes; they are kept as they are, not copied.
   */
  load(weights: Tree<Value>): void {
    const leaves = flattenTree(weights);
    const layers = [...this.#hidden, this.#head, ...(this.#value ? [this.#value] : [])];
    for (const [i, layer] of layers.entries()) {
      layer.kernel = leaves.get(`${this.#paths[i]}/kernel`)!.data as Float32Array;
      layer.bias = leaves.get(`${this.#paths[i]}/bias`)!.data as Float32Array;
    }
  }

  /**
   * The outputs for the observation that begins at `observations[at]`. They are overwritten by the
   * next call.
   */
  run(observations: ArrayLike<number>, at = 0): Float64Array {
    let x = observations;
    let from = at;
    for (const layer of this.#hidden) {
      const y = apply(layer, x, from);
      if (this.#tanh) for (let j = 0; j < y.length; j++) y[j] = Math.tanh(y[j]!);
      else for (let j = 0; j < y.length; j++) if (y[j]! < 0) y[j] = 0;
      [x, from] = [y, 0];
    }
    const outputs = apply(this.#head, x, from);
    if (this.#value === undefined) return outputs;
    const lift = apply(this.#value, x, from)[0]! - outputs.reduce((sum, y) => sum + y, 0) / outputs.length;
    return outputs.map((_, j, all) => (all[j] = all[j]! + lift));
  }
}

function affine(inputs: number, outputs: number): Affine {
  const kernel = new Float32Array(inputs * outputs);
  return { inputs, outputs, kernel, bias: new Float32Array(outputs), y: new Float64Array(outputs) };
}

function apply({ inputs, outputs, kernel, bias, y }: Affine, x: ArrayLike<number>, from: number) {
  y.set(bias);
  for (let i = 0; i < inputs; i++) {
    const number = x[from + i]!;
    // Half of what a ReLU gives is 0.
    if (number === 0) continue;
    const row = i * outputs;
    for (let j = 0; j < outputs; j++) y[j] = y[j]! + number * kernel[row + j]!;
  }
  return y;
}
