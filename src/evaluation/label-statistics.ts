import { matrixOf, type Rows } from './rows.ts';

/**
 * How far a row of probabilities may be from summing to 1: float32 softmax over a thousand classes
 * stays below.
 */
const tolerance = 1e-3;

/**
 * What a classifier says of samples that arrive in parts: class shares and the Inception score.
 * Mergeable, and of constant size.
 */
export class LabelStatistics {
  readonly classes: number;
  #count = 0;
  /** Sum over samples of p ln p, over all classes. */
  #information = 0;
  readonly #sums: Float64Array;
  readonly #hits: Float64Array;

  constructor(classes: number) {
    this.classes = classes;
    this.#sums = new Float64Array(classes);
    this.#hits = new Float64Array(classes);
  }

  /** The statistics of probabilities, [count, classes]. */
  static of(probabilities: Rows): LabelStatistics {
    return new LabelStatistics(probabilities.shape[1] ?? 0).add(probabilities);
  }

  get count(): number {
    return this.#count;
  }

  /** How many samples each class is the most probable of, [classes]. */
  get hits(): readonly number[] {
    return [...this.#hits];
  }

  /**
   * exp(mean over samples of KL(p || mean p)), from 1 to the number of classes: Salimans et al.,
   * Improved Techniques for Training GANs (arXiv:1606.03498), section 4. @throws RangeError before
   * the first sample
   */
  get inceptionScore(): number {
    if (this.#count === 0) throw new RangeError('inceptionScore: expected at least 1 sample, got 0');
    let marginal = 0;
    for (const sum of this.#sums) marginal += entropyTerm(sum / this.#count);
    return Math.exp(this.#information / this.#count - marginal);
  }

  /**
   * Takes in more probabilities, [count, classes]. @returns itself. @throws RangeError for rows
   * that do not sum to 1
   */
  add(probabilities: Rows): this {
    const { count, width, data } = matrixOf('inceptionScore', probabilities);
    if (width !== this.classes)
      throw new RangeError(`inceptionScore: expected ${this.classes} classes, got ${width}`);
    for (let i = 0; i < count; i++) this.#addOne(data.subarray(i * width, (i + 1) * width), i);
    this.#count += count;
    return this;
  }

  /** Takes in what another has gathered. @returns itself. @throws RangeError for other classes */
  merge(other: LabelStatistics): this {
    if (other.classes !== this.classes)
      throw new RangeError(`inceptionScore: expected ${this.classes} classes, got ${other.classes}`);
    this.#count += other.#count;
    this.#information += other.#information;
    for (let c = 0; c < this.classes; c++) {
      this.#sums[c]! += other.#sums[c]!;
      this.#hits[c]! += other.#hits[c]!;
    }
    return this;
  }

  #addOne(probabilities: Float64Array, row: number): void {
    const sum = probabilities.reduce((total, p) => total + p, 0);
    if (Math.abs(sum - 1) > tolerance || probabilities.some((p) => p < 0))
      throw new RangeError(`inceptionScore: expected probabilities that sum to 1, got ${sum} in row ${row}`);
    let best = 0;
    probabilities.forEach((p, c) => {
      this.#information += entropyTerm(p);
      this.#sums[c]! += p;
      if (p > probabilities[best]!) best = c;
    });
    this.#hits[best]!++;
  }
}

/** p ln p, which is 0 at 0. */
function entropyTerm(p: number): number {
  return p === 0 ? 0 : p * Math.log(p);
}
