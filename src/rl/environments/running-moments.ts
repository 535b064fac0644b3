import type { Json } from './environment.ts';

/**
 * Running mean and variance, as Gymnasium's wrappers keep them: the prior is a sample of weight
 * 1e-4 with mean 0 and variance 1. Chan, Golub and
 * LeVeque, "Updating Formulae and a Pairwise Algorithm", 1979.
 */
export class RunningMoments {
  #count = 1e-4;
  readonly #means: number[];
  readonly #variances: number[];

  /** @param size numbers that are added at a time */
  constructor(size: number) {
    this.#means = Array(size).fill(0);
    this.#variances = Array(size).fill(1);
  }

  /** Adds one of each number. */
  add(numbers: readonly number[]): void {
    const total = this.#count + 1;
    for (let i = 0; i < numbers.length; i++) {
      const distance = numbers[i]! - this.#means[i]!;
      const squares = this.#variances[i]! * this.#count + (distance * distance * this.#count) / total;
      this.#means[i]! += distance / total;
      this.#variances[i] = squares / total;
    }
    this.#count = total;
  }

  mean(i: number): number {
    return this.#means[i]!;
  }

  deviation(i: number): number {
    return Math.sqrt(this.#variances[i]! + 1e-8);
  }

  save(): Json {
    return { count: this.#count, means: [...this.#means], variances: [...this.#variances] };
  }

  restore(saved: Json): void {
    const { count, means, variances } = saved as {
      readonly count: number;
      readonly means: readonly number[];
      readonly variances: readonly number[];
    };
    this.#count = count;
    this.#means.splice(0, Infinity, ...means);
    this.#variances.splice(0, Infinity, ...variances);
  }
}
