import { wholeNumber } from '../../base/index.ts';
import { relu } from '../nn/activations.ts';
import { dense } from '../nn/dense.ts';
import { fanInUniform, heNormal, lecunNormal } from '../nn/initializer.ts';
import type { Layer } from '../nn/layer.ts';
import { sequential } from '../nn/sequential.ts';

/** The size of a multilayer perceptron. */
export interface MlpOptions {
  /** Units of each hidden layer. @default 128 */
  readonly width?: number;
  /** Hidden layers. @default 3 */
  readonly depth?: number;
}

function mlp(name: string, outputs: number, { width = 128, depth = 3 }: MlpOptions): Layer {
  wholeNumber(`${name}: width`, width, 1);
  wholeNumber(`${name}: depth`, depth, 1);
  wholeNumber(`${name}: outputs`, outputs, 1);
  const hidden = () => [dense(width, { kernel: heNormal, bias: fanInUniform }), relu()];
  return sequential([
    ...Array.from({ length: depth }, hidden).flat(),
    dense(outputs, { kernel: lecunNormal }),
  ]);
}

/**
 * A critic of points: hidden ReLU layers and one score. The networks of the toy experiments in the code of "Improved Training of
 * Wasserstein GANs", https://arxiv.org/abs/1704.00028, which are 512 wide.
 */
export function mlpCritic(options: MlpOptions = {}): Layer {
  return mlp('mlpCritic', 1, options);
}

/** A generator of points with `outputs` coordinates: hidden ReLU layers and a linear output. */
export function mlpGenerator({ outputs, ...options }: MlpOptions & { readonly outputs: number }): Layer {
  return mlp('mlpGenerator', outputs, options);
}
