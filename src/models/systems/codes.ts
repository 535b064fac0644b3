import { wholeNumber } from '../../base/index.ts';
import { fold, integer, normals, uniforms, Value } from '../../engine/index.ts';
import type { CodeLayout } from '../terms/mutual-information.ts';
import type { Latent } from './latent.ts';
import { requireParts } from './require-parts.ts';

/** A latent with codes: noise from N(0, 1), a category, continuous codes from U(-1, 1). */
export interface Codes extends Latent, CodeLayout {}

/** Options of codes. */
export interface CodesOptions {
  readonly noise: number;
  /** @default 0 */
  readonly categories?: number;
  /** @default 0 */
  readonly continuous?: number;
}

/**
 * The latent of InfoGAN: for digits the paper takes 62 numbers of noise, 10 categories and 2
 * continuous codes. @throws RangeError
 */
export function codes(options: CodesOptions): Codes {
  requireParts('codes', options, { noise: wholeNumber });
  const { noise, categories = 0, continuous = 0 } = options;
  wholeNumber('codes: categories', categories);
  wholeNumber('codes: continuous', continuous);
  if (categories === 1) throw new RangeError('codes: categories: expected 0 or a whole number from 2, got 1');
  const size = noise + categories + continuous;
  if (categories + continuous === 0)
    throw new RangeError('codes: expected a category or continuous codes, got neither');
  return {
    noise,
    categories,
    continuous,
    size,
    normal: noise,
    draw(count, key, first = 0) {
      const parts = [
        { width: noise, of: normals(fold(key, 'noise'), [count, noise], 1, first * noise).data },
        {
          width: continuous,
          of: uniforms(fold(key, 'continuous'), [count, continuous], -1, 1, first * continuous).data,
        },
      ] as const;
      const data = new Float32Array(count * size);
      for (let row = 0; row < count; row++) {
        const at = row * size;
        data.set(parts[0].of.subarray(row * noise, (row + 1) * noise), at);
        if (categories > 0) data[at + noise + integer(fold(key, first + row), categories)] = 1;
        const numbers = parts[1].of.subarray(row * continuous, (row + 1) * continuous);
        data.set(numbers, at + noise + categories);
      }
      return new Value('float32', [count, size], data);
    },
  };
}
