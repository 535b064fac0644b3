import { oneOf, wholeNumber } from '../../base/index.ts';
import {
  dense,
  type Initializer,
  type Layer,
  orthogonal,
  relu,
  sequential,
  tanh,
  torchInitial,
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

/**
 * A checked shape.
 * @param name what messages begin with, where the shape is an option
 * @throws RangeError naming what is wrong
 */
export function checkedShape(shape: PerceptronShape, name?: string): PerceptronShape {
  const of = (option: string) => (name === undefined ? option : `${name}: ${option}`);
  for (const units of shape.hidden) wholeNumber(of('hidden'), units, 1, 2 ** 16);
  wholeNumber(of('inputs'), shape.inputs, 1);
  wholeNumber(of('outputs'), shape.outputs, 1);
  oneOf(of('activation'), shape.activation, ['relu', 'tanh']);
  return shape;
}

interface Part {
  readonly layer: Layer;
  /** The paths of the dense layers in it, from the part. */
  readonly dense: readonly string[];
}

/** The network as a layer, for programs. `HostMlp` computes the same function on the host. */
export function perceptron(shape: PerceptronShape): Layer {
  return sequential(partsOf(shape).map(({ layer }) => layer));
}

/**
 * The paths of the dense layers in the weights of `perceptron`: those of the hidden layers, that of
 * the output (or of the advantages), and that of the state value where the head is dueling.
 */
export function densePaths(shape: PerceptronShape): readonly string[] {
  return partsOf(shape).flatMap(({ dense }, i) => dense.map((path) => `${i}${path}`));
}

/** The first values of a layer in front of a nonlinearity, or of the last one. */
function firstValues(start: 'torch' | number, gain: number): { kernel: Initializer; bias: Initializer } {
  return start === 'torch' ? torchInitial : { kernel: orthogonal(gain), bias: zeros };
}

/** The output layer alone, behind features of any number. @throws RangeError for no outputs */
export function headLayer({
  outputs,
  dueling = false,
  start = 'torch',
}: Pick<PerceptronShape, 'outputs' | 'dueling' | 'start'>): Layer {
  wholeNumber('outputs', outputs, 1);
  const last = firstValues(start, start === 'torch' ? 1 : start);
  return dueling ? duelingHead(outputs, last) : dense(outputs, last);
}

function partsOf(shape: PerceptronShape): readonly Part[] {
  const { hidden, activation, dueling = false, start = 'torch' } = checkedShape(shape);
  const nonlinear = activation === 'relu' ? relu : tanh;
  return [
    ...hidden.flatMap((units) => [
      { layer: dense(units, firstValues(start, Math.SQRT2)), dense: [''] },
      { layer: nonlinear(), dense: [] },
    ]),
    { layer: headLayer(shape), dense: dueling ? ['/advantage', '/value'] : [''] },
  ];
}
