import { wholeNumber } from '../../base/index.ts';
import { relu } from './activations.ts';
import { dense } from './dense.ts';
import { fanInUniform, heNormal, type Initializer, lecunNormal } from './initializer.ts';
import type { Layer } from './layer.ts';
import { sequential } from './sequential.ts';
import { tap } from './tap.ts';

/** The layers of a multilayer perceptron. */
export interface MlpOptions {
  /** Units of each hidden layer. @default 128 */
  readonly width?: number;
  /** Hidden layers. @default 3 */
  readonly depth?: number;
  /** Behind every hidden dense layer. @default relu */
  readonly activation?: () => Layer;
  /** Between a hidden dense layer and its activation, as `layerNorm`. @default none */
  readonly normalisation?: () => Layer;
  /** Around every layer with a kernel, as `spectralNorm`. @default none */
  readonly constraint?: (layer: Layer) => Layer;
  /** Before the first layer, as `concatCondition`. @default none */
  readonly first?: readonly Layer[];
  /** Behind the features, before the last layer, as `minibatchDiscrimination`. @default none */
  readonly last?: readonly Layer[];
  /**
   * First values of kernels and biases. @default heNormal (lecunNormal for the last layer), and the
   * uniform of PyTorch for biases
   */
  readonly initial?: { readonly kernel?: Initializer; readonly bias?: Initializer };
}

function mlp(name: string, head: Layer | undefined, outputs: number, options: MlpOptions): Layer {
  const { width = 128, depth = 3, activation = relu, normalisation, constraint = (layer) => layer } = options;
  const { kernel = heNormal, bias = fanInUniform } = options.initial ?? {};
  wholeNumber(`${name}: width`, width, 1);
  wholeNumber(`${name}: depth`, depth, 1);
  wholeNumber(`${name}: outputs`, outputs, 1);
  const hidden = (level: number) => [
    constraint(dense(width, { kernel, bias })),
    ...(normalisation ? [normalisation()] : []),
    level === depth - 1 ? tap('features', activation()) : activation(),
  ];
  return sequential([
    ...(options.first ?? []),
    ...Array.from({ length: depth }, (_, level) => hidden(level)).flat(),
    ...(options.last ?? []),
    constraint(head ?? dense(outputs, { kernel: lecunNormal, ...options.initial })),
  ]);
}

/**
 * A critic of points: hidden ReLU layers and one score. The networks of the toy experiments in the
 * code of "Improved Training of Wasserstein GANs", https://arxiv.org/abs/1704.00028, which are 512
 * wide. Its last activations are shown as `features`.
 */
export function mlpCritic({ head, ...options }: MlpOptions & { readonly head?: Layer } = {}): Layer {
  return mlp('mlpCritic', head, 1, options);
}

/** A generator of points with `outputs` coordinates: hidden ReLU layers and a linear output. */
export function mlpGenerator({ outputs, ...options }: MlpOptions & { readonly outputs: number }): Layer {
  return mlp('mlpGenerator', undefined, outputs, options);
}
