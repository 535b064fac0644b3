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
