/** Why a step gets a span. */
export type Reason = 'slow' | 'sample';

/** A step is slow when it takes so many times the usual. */
const slowFactor = 5;
/** The share of the newest step in what is usual. */
const share = 0.01;

/**
 * Chooses the steps that get spans: the slow ones, and one in so many of the others, as many in an
 * interval as it has room for. What is chosen becomes rarer as steps become faster. Without a clock
 * or chance, a few nanoseconds for a step.
 */
export class StepSampler {
  readonly #limit: number;
  #usual = 0;
  #slow = Infinity;
  #stride = 1;
  #countdown = 1;
  #chosen = 0;
  #steps = 0;
  /** Steps that would have had spans, had there been room. */
  suppressed = 0;

  /** @param limit spans in an interval; a quarter of them is kept for slow steps */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether this step gets a span, and why. */
  choose(seconds: number): Reason | undefined {
    this.#steps++;
    const slow = seconds > this.#slow;
    this.#usual += share * (seconds - this.#usual);
    if (!slow && --this.#countdown > 0) return undefined;
    const full = this.#chosen >= (slow ? this.#limit : 0.75 * this.#limit);
    if (full) {
      this.suppressed++;
      this.#stride *= 2;
    } else this.#chosen++;
    if (!slow) this.#countdown = this.#stride;
    if (full) return undefined;
    return slow ? 'slow' : 'sample';
  }

  /**
   * A new interval: there is room again, and the samples are spread over as many steps as the last
   * one had.
   */
  next(): void {
    this.#stride = Math.max(1, Math.ceil(this.#steps / (0.7 * this.#limit)));
    this.#countdown = Math.min(this.#countdown, this.#stride);
    this.#slow = this.#steps > 20 ? slowFactor * this.#usual : this.#slow;
    this.#steps = 0;
    this.#chosen = 0;
  }
}
