import { requireLength } from './shapes.ts';

/**
 * How much of the variance of the returns the estimates explain: 1 - var(returns - values) /
 * var(returns). 1 is perfect, 0 no better than a constant, below 0 worse. Where all returns are
 * alike there is nothing to explain, and it is 0.
 * @throws RangeError for lists of another length
 */
export function explainedVariance(returns: ArrayLike<number>, values: ArrayLike<number>): number {
  requireLength('explainedVariance', { returns, values });
  const variety = variance(returns, (i) => returns[i]!);
  return variety === 0 ? 0 : 1 - variance(returns, (i) => returns[i]! - values[i]!) / variety;
}

function variance({ length }: ArrayLike<number>, at: (i: number) => number): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < length; i++) sum += at(i);
  for (let i = 0; i < length; i++) squares += (at(i) - sum / length) ** 2;
  return squares / length;
}
