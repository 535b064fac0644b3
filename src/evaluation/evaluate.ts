import { monotonicSeconds } from '../base/index.ts';
import { type Draw, drawSamples } from './draw-samples.ts';
import type { Evaluator } from './evaluator.ts';
import type { Scores } from './scores.ts';

/** What an evaluation found. */
export interface Evaluated {
  /** The index of the next step, which is the number of steps that trained the scored weights. */
  readonly index: number;
  readonly seconds: number;
  readonly values: Scores;
}

/**
 * The task of a barrier that scores what a generator can do at present: `barrier(every(5_000),
 * run.gate, evaluate({ ... }))`.
 * @param options.draw draws samples, such as `(count, seed) => trainer.sample(count, seed)`
 * @param options.onScores called with what was found, before the run goes on
 */
export function evaluate(options: {
  readonly evaluator: Evaluator;
  readonly draw: Draw;
  readonly onScores: (evaluated: Evaluated) => void | Promise<void>;
}): (event: { readonly index: number }) => Promise<void> {
  const { evaluator, draw, onScores } = options;
  return async ({ index }) => {
    const began = monotonicSeconds();
    const values = await evaluator.score(await drawSamples(draw, evaluator.samples));
    await onScores({ index: index + 1, seconds: monotonicSeconds() - began, values });
  };
}
