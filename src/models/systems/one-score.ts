import { keyOf } from '../../engine/index.ts';
import type { Initial, Layer } from '../nn/layer.ts';

/** What a critic starts with, if it gives one score for an example. @throws RangeError naming the system when it does not */
export function oneScore(name: string, critic: Layer, input: readonly number[]): Initial {
  const initial = critic.init(keyOf(0), input);
  if (initial.shape.join() === '1') return initial;
  throw new RangeError(`${name}: critic: expected one score for an example, [1], got [${initial.shape}]`);
}
