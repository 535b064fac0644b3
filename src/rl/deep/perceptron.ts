import { oneOf, wholeNumber } from '../../base/index.ts';
import {
  dense,
  fanInUniform,
  type Initializer,
  type Layer,
  orthogonal,
  relu,
  sequential,
  tanh,
  zeros,
} from '../../models/index.ts';
import { duelingHead } from './dueling-head.ts';

/** The size and kind of a network of dense layers. */
export interface PerceptronOptions {
  /** Units of each hidden layer, none or more. */
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'tanh';
}

/** A network of dense layers, from observations to `outputs` numbers. */
export interface PerceptronShape extends PerceptronOptions {
  readonly inputs: number;
  readonly outputs: number;
  /**
   * Whether the output is split into a state's value and its actions' advantages. @default false
   */
  readonly dueling?: boolean;
  /**
   * How weights begin. `torch`: kernels and biases uniform within 1 / sqrt(inputs), as PyTorch has
   * it. A number: orthogonal kernels of gain sqrt(2), that number for the output, and biases of 0,
   * as PPO takes it. @default 'torch'
   */
  readonly start?: 'torch' | number;
}

/** A checked shape. @throws RangeError naming what is wrong */
export function checkedShape(shape: PerceptronShape): PerceptronShape {
  for (const units of shape.hidden) wholeNumber('hidden', units, 1, 2 ** 16);
  wholeNumber('inputs', shape.inputs, 1);
  wholeNumber('outputs', shape.outputs, 1);
  oneOf('activation', shape.activation, ['relu', 'tanh']);
  return shape;
}

/**
 * The network as a layer, for programs. What `Acting` computes on the host is the same function.
 */
export function perceptron(shape: PerceptronShape): Layer {
  const { hidden, activation, outputs, dueling = false, start = 'torch' } = checkedShape(shape);
  const options = (gain: number): { kernel: Initializer; bias: Initializer } =>
    start === 'torch'
      ? { kernel: fanInUniform, bias: fanInUniform }
      : { kernel: orthogonal(gain), bias: zeros };
  const last = options(start === 'torch' ? 1 : start);
  const nonlinear = activation === 'relu' ? relu : tanh;
  return sequential([
    ...hidden.flatMap((units) => [dense(units, options(Math.SQRT2)), nonlinear()]),
    dueling ? duelingHead(outputs, last) : dense(outputs, last),
  ]);
}
