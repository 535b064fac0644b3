import { finiteNumber, wholeNumber } from '../../base/index.ts';
import type { Rate } from './optimizer.ts';

/** The learning rate of a step. */
export function rateAt(rate: Rate, index: number): number {
  return typeof rate === 'number' ? rate : rate(index);
}

/** A checked rate: a number from 0, or a function of the index. @throws RangeError */
export function checkRate(name: string, rate: Rate): Rate {
  if (typeof rate === 'function') return rate;
  return finiteNumber(`${name}: rate`, rate, 0);
}

/**
 * From `from` to `to` in a straight line between the steps `begin` and `end`; constant before and
 * after.
 */
export function linearDecay(from: number, to: number, end: number, begin = 0): Rate {
  finiteNumber('linearDecay: from', from, 0);
  finiteNumber('linearDecay: to', to, 0);
  wholeNumber('linearDecay: begin', begin, 0);
  wholeNumber('linearDecay: end', end, begin + 1);
  return (index) => from + (to - from) * Math.min(1, Math.max(0, (index - begin) / (end - begin)));
}

/**
 * From `from` to `to` along half a cosine between the steps `begin` and `end`; constant before and
 * after. Loshchilov and Hutter, https://arxiv.org/abs/1608.03983, equation 5, without restarts.
 */
export function cosineDecay(from: number, to: number, end: number, begin = 0): Rate {
  finiteNumber('cosineDecay: from', from, 0);
  finiteNumber('cosineDecay: to', to, 0);
  wholeNumber('cosineDecay: begin', begin, 0);
  wholeNumber('cosineDecay: end', end, begin + 1);
  return (index) => {
    const done = Math.min(1, Math.max(0, (index - begin) / (end - begin)));
    return to + ((from - to) * (1 + Math.cos(Math.PI * done))) / 2;
  };
}

/** Multiplied by `factor` from each of the steps `at` on. */
export function stepDecay(from: number, factor: number, at: readonly number[]): Rate {
  finiteNumber('stepDecay: from', from, 0);
  finiteNumber('stepDecay: factor', factor, 0, 1);
  for (const step of at) wholeNumber('stepDecay: at', step, 0);
  return (index) => from * factor ** at.filter((step) => index >= step).length;
}

/** A rate that rises over the first `steps` steps: step i has the share (i + 1) / steps of it. */
export function warmUp(rate: Rate, steps: number): Rate {
  wholeNumber('warmUp: steps', steps, 0);
  if (steps === 0) return rate;
  return (index) => rateAt(rate, index) * Math.min(1, (index + 1) / steps);
}
