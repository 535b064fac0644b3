import { wholeNumber } from '../base/index.ts';

/** How samples spread over modes that are known: classes, or centres of a mixture. */
export interface ModeCoverage {
  /** Modes that are hit often enough. */
  readonly modes: number;
  /** Modes there are. */
  readonly of: number;
  /**
   * KL(hits || uniform) in nats: 0 when all modes weigh the same, ln(of) when one has everything.
   */
  readonly reverseKl: number;
  /** What a perfect sampler of as many samples has as reverse KL on average, (of - 1) / 2n. */
  readonly floor: number;
}

/**
 * Coverage by the number of hits of each mode, as the mode-collapse literature counts: Srivastava
 * et al., VEEGAN (arXiv:1705.07761), section 5.1; Lin et al., PacGAN (arXiv:1712.04086), section
 * 4.1.
 * @param hits samples by mode
 * @param leastShare the share of all hits that a mode must have to count; 0 counts one sample, as
 * the papers do. 0.01 is robust against a classifier that errs
 * @throws RangeError for a count that is no whole number from 0, or no mode at all
 */
export function modeCoverage(hits: readonly number[], leastShare = 0): ModeCoverage {
  if (hits.length === 0) throw new RangeError('modeCoverage: expected at least one mode, got none');
  for (const count of hits) wholeNumber('modeCoverage: hits', count);
  const total = hits.reduce((sum, count) => sum + count, 0);
  return {
    modes: hits.filter((count) => count > 0 && count / total >= leastShare).length,
    of: hits.length,
    reverseKl: hits.reduce(
      (sum, n) => (n === 0 ? sum : sum + (n / total) * Math.log((n / total) * hits.length)),
      0,
    ),
    floor: total === 0 ? 0 : (hits.length - 1) / (2 * total),
  };
}

/**
 * The modes that a perfect sampler of `count` samples hits on average, where all of `modes` weigh
 * the same.
 */
export function expectedModes(modes: number, count: number): number {
  return modes * (1 - (1 - 1 / modes) ** count);
}
