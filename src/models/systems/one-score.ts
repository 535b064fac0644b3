import { keyOf } from '../../engine/index.ts';
import type { Initial, InputSpec, Layer } from '../layers/layer.ts';

/**
 * What a critic starts with, if it gives one score for an example, [1], or for each of its patches,
 * [height, width, 1]. @throws RangeError naming the system when it does not
 */
export function oneScore(name: string, critic: Layer, input: readonly number[], inputs?: InputSpec): Initial {
  const initial = critic.init(keyOf(0), input, inputs);
  const { shape } = initial;
  if (shape.at(-1) === 1 && (shape.length === 1 || shape.length === 3)) return initial;
  throw new RangeError(`${name}: critic: expected one score for an example, [1], got [${initial.shape}]`);
}
