import { keyOf } from '../../engine/index.ts';
import type { Initial, InputSpec, Layer } from '../layers/layer.ts';

/**
 * What a critic starts with, if it gives one score for an example. @throws RangeError naming the
 * system when it does not
 */
export function oneScore(name: string, critic: Layer, input: readonly number[], inputs?: InputSpec): Initial {
  const initial = critic.init(keyOf(0), input, inputs);
  if (initial.shape.join() === '1') return initial;
  throw new RangeError(`${name}: critic: expected one score for an example, [1], got [${initial.shape}]`);
}
