import { wholeNumber } from '../../base/index.ts';
import type { Course } from './gae.ts';
import { requireLength } from './shapes.ts';

/**
 * The discounted sum of the next n rewards and, beyond them, of the estimate there. The sum is
 * shorter where the episode or the course ends first: after a termination nothing follows, after a
 * truncation or at the end of the course the estimate does. Infinity gives the returns of whole
 * episodes. Sutton and Barto (2018), equation 7.1.
 * @throws RangeError for lists of another length, or an n that is no whole number from 1
 */
export function nStepReturns(course: Course, n: number): Float32Array {
  const { numEnvs, rewards, discounts, continues, valuesAfter } = course;
  requireLength('nStepReturns', { rewards, discounts, continues, valuesAfter });
  if (n !== Infinity) wholeNumber('nStepReturns: n', n, 1);
  const returns = new Float32Array(rewards.length);
  const steps = rewards.length / numEnvs;
  for (let i = 0; i < rewards.length; i++) {
    const last = Math.min(steps, Math.floor(i / numEnvs) + n) - 1;
    let at = i;
    let [sum, weight] = [rewards[at]!, discounts[at]!];
    while (continues[at] === 1 && at + numEnvs < (last + 1) * numEnvs) {
      at += numEnvs;
      sum += weight * rewards[at]!;
      weight *= discounts[at]!;
    }
    returns[i] = sum + weight * valuesAfter[at]!;
  }
  return returns;
}
