import { finiteNumber, wholeNumber } from '../../base/index.ts';
import { fold, type Key, normals, uniforms, type Value } from '../../engine/index.ts';
import type { InputSpec } from '../layers/layer.ts';

/** Where the generator's noise comes from. */
export interface Latent {
  /** Numbers for one example. */
  readonly size: number;
  /** How many of them, from the first, are N(0, 1). @default none */
  readonly normal?: number;
  /** [count, size]: rows `first` (0 by default) and on of those that the key names. */
  draw(count: number, key: Key, first?: number): Value;
}

/** The description of a generator's inputs. */
export function inputsBy(latent: Latent, condition: number): InputSpec {
  return { condition, draw: (count, key) => latent.draw(count, key) };
}

/** The source of noise that an option names: so many numbers of N(0, 1), or another. */
export function latentOf(name: string, latent: number | Latent): Latent {
  return typeof latent === 'number' ? gaussian(wholeNumber(`${name}: latent`, latent, 1)) : latent;
}

/** What a system has whose sampler takes noise and nothing else, as its input `noise`. */
export function noiseAlone(latent: Latent) {
  return {
    samplerInputs: (count: number, key: Key, first?: number) => ({
      noise: latent.draw(count, fold(key, 'noise'), first),
    }),
    noise: { noise: latent },
  };
}

/** N(0, 1), `size` numbers for an example. @throws RangeError */
export function gaussian(size: number): Latent {
  wholeNumber('latent', size, 1);
  return {
    size,
    normal: size,
    draw: (count, key, first = 0) => normals(key, [count, size], 1, first * size),
  };
}

/** U(low, high), `size` numbers for an example: DCGAN takes 100 in (-1, 1). @throws RangeError */
export function uniform(size: number, low = -1, high = 1): Latent {
  wholeNumber('latent', size, 1);
  finiteNumber('uniform: low', low);
  finiteNumber('uniform: high', high, low);
  return {
    size,
    draw: (count, key, first = 0) => uniforms(key, [count, size], low, high, first * size),
  };
}
