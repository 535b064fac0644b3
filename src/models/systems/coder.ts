import type { Tensor } from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { keyOf } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import { posteriorOf } from '../losses/posterior.ts';
import type { Member } from './member.ts';
import { rule } from './require-parts.ts';

/** A generator and its inverse. */
export interface Coder {
  /** From [latent] to one example. */
  readonly generator: Layer;
  /**
   * From one example to its code: [latent], or [2 latent] where the code is drawn from a Gaussian.
   */
  readonly encoder: Layer;
  /** Numbers of a code, N(0, 1) where nothing is encoded. */
  readonly latent: number;
}

/** What the options of every such system must be. */
export const coderParts = { generator: rule.layer, encoder: rule.layer, latent: rule.count };

/**
 * What an encoder puts out: the code itself, or mean and logarithm of the deviation of a Gaussian
 * to draw it from.
 */
export type CodeKind = 'point' | 'gaussian';

/**
 * Both networks of a coder, and the shape of one example. @throws RangeError when they do not fit
 * each other
 */
export function coderMembers(
  name: string,
  { generator, encoder, latent }: Coder,
  kind: CodeKind,
): {
  readonly members: Readonly<Record<'generator' | 'encoder', Member>>;
  readonly shape: readonly number[];
} {
  wholeNumber(`${name}: latent`, latent, 1);
  const inputs = { condition: 0 };
  const { shape } = generator.init(keyOf(0), [latent], inputs);
  const code = encoder.init(keyOf(0), shape, inputs).shape;
  const wanted = kind === 'point' ? latent : 2 * latent;
  if (code.join() !== String(wanted))
    throw new RangeError(`${name}: encoder: expected [${wanted}] for an example, got [${code}]`);
  const encoded = (y: Tensor) => (kind === 'point' ? { code: y } : { ...posteriorOf(y) });
  return {
    members: {
      generator: { layer: generator, input: [latent], inputs },
      encoder: { layer: encoder, input: shape, inputs, outputs: encoded },
    },
    shape,
  };
}
