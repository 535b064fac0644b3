import { positiveNumber } from '../../base/index.ts';
import type { Environment, Json } from './environment.ts';
import { RunningMoments } from './running-moments.ts';
import { box } from './specs.ts';
import { boxOf, Wrapper } from './wrapper.ts';

/** Options of normalised observations. */
export interface NormalisedOptions {
  /** The largest distance of a normalised number from 0. @default 10 */
  readonly clip?: number;
}

/**
 * Observations less their running mean, over their running deviation, clipped. The moments are kept
 * over all episodes and saved, so the same key gives the same episode only after the same past.
 * @throws TypeError when the observation is no box
 */
export function normalisedObservations<Action>(
  inner: Environment<readonly number[], Action>,
  { clip = 10 }: NormalisedOptions = {},
): Environment<readonly number[], Action> {
  return new NormalisedObservations(inner, positiveNumber('normalisedObservations: clip', clip));
}

class NormalisedObservations<Action> extends Wrapper<readonly number[], readonly number[], Action> {
  readonly #clip: number;
  readonly #moments: RunningMoments;

  constructor(inner: Environment<readonly number[], Action>, clip: number) {
    const size = boxOf('normalisedObservations', inner).low.length;
    super(inner, box(Array(size).fill(-clip), Array(size).fill(clip)));
    this.#clip = clip;
    this.#moments = new RunningMoments(size);
  }

  observe(numbers: readonly number[]): readonly number[] {
    this.#moments.add(numbers);
    return numbers.map((number, i) => {
      const score = (number - this.#moments.mean(i)) / this.#moments.deviation(i);
      return Math.fround(Math.min(Math.max(score, -this.#clip), this.#clip));
    });
  }

  override save(): Json {
    return { moments: this.#moments.save(), inner: super.save() };
  }

  override restore(saved: Json): void {
    const { moments, inner } = saved as { readonly moments: Json; readonly inner: Json };
    this.#moments.restore(moments);
    super.restore(inner);
  }
}
