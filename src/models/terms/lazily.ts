import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import type { Term, TermContext } from './term.ts';

/**
 * A term at every `every`-th step of its player, from the first on, with `every` times its weight;
 * the steps between are a program without it. Lazy regularisation, Karras et al., StyleGAN2,
 * https://arxiv.org/abs/1912.04958, section 3.1, with 16 for R1, and in the step of the loss in
 * place of a step of its own.
 *
 *     penalties: [lazily(r1Penalty(10), 16)]
 *
 * Its values are in the events of those steps only.
 * @throws RangeError for a wrong number, or a term that is lazy already
 */
export function lazily<In extends TermContext>(term: Term<In>, every: number): Term<In> {
  wholeNumber('lazily: every', every, 1);
  if (term.every !== undefined)
    throw new RangeError(`lazily: expected a term of every step, got ${term.name} of every ${term.every}`);
  if (every === 1) return term;
  return {
    ...term,
    every,
    add(context) {
      const { loss, ...rest } = term.add(context);
      return { loss: tf.mul(every, loss), ...rest };
    },
  };
}
