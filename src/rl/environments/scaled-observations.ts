import type { Environment } from './environment.ts';
import { box } from './specs.ts';
import { boxOf, Wrapper } from './wrapper.ts';

/**
 * Observations from -1 to 1: each number less the middle of its bounds, over half their distance. A
 * number without two finite bounds stays as it is. All inputs of a network then have a similar
 * range: the speed of the mountain car is at most 0.07.
 * @throws TypeError when the observation is no box
 */
export function scaledObservations<Action>(
  inner: Environment<readonly number[], Action>,
): Environment<readonly number[], Action> {
  const { low, high } = boxOf('scaledObservations', inner);
  const bounded = low.map((from, i) => Number.isFinite(high[i]! - from) && high[i]! > from);
  const middles = low.map((from, i) => (bounded[i] ? (from + high[i]!) / 2 : 0));
  const halves = low.map((from, i) => (bounded[i] ? (high[i]! - from) / 2 : 1));
  return new ScaledObservations(inner, middles, halves);
}

class ScaledObservations<Action> extends Wrapper<readonly number[], readonly number[], Action> {
  readonly #scale: (numbers: readonly number[]) => readonly number[];

  constructor(
    inner: Environment<readonly number[], Action>,
    middles: readonly number[],
    halves: readonly number[],
  ) {
    const scale = (numbers: readonly number[]) =>
      numbers.map((number, i) => Math.fround((number - middles[i]!) / halves[i]!));
    const { low, high } = boxOf('scaledObservations', inner);
    super(inner, box(scale(low), scale(high)));
    this.#scale = scale;
  }

  observe(numbers: readonly number[]): readonly number[] {
    return this.#scale(numbers);
  }
}
