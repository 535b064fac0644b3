import { finiteNumber, wholeNumber } from '../../base/index.ts';
import { type Key, normals, uniforms, type Value } from '../../engine/index.ts';
import type { InputSpec } from '../layers/layer.ts';

/** Where the generator's noise comes from. */
export interface Latent {
  /** Numbers for one example. */
  readonly size: number;
  /** [count, size], a pure function of the key. */
  draw(count: number, key: Key): Value;
}

/** The description of a generator's inputs. */
export function inputsBy(latent: Latent, condition: number): InputSpec {
  return { condition, draw: (count, key) => latent.draw(count, key) };
}

/** The source of noise that an option names: so many numbers of N(0, 1), or another. */
export function latentOf(name: string, latent: number | Latent): Latent {
  return typeof latent === 'number' ? gaussian(wholeNumber(`${name}: latent`, latent, 1)) : latent;
}

/** N(0, 1), `size` numbers for an example. @throws RangeError */
export function gaussian(size: number): Latent {
  wholeNumber('latent', size, 1);
  return { size, draw: (count, key) => normals(key, [count, size]) };
}

/** U(low, high), `size` numbers for an example: DCGAN takes 100 in (-1, 1). @throws RangeError */
export function uniform(size: number, low = -1, high = 1): Latent {
  wholeNumber('latent', size, 1);
  finiteNumber('uniform: low', low);
  finiteNumber('uniform: high', high, low);
  return { size, draw: (count, key) => uniforms(key, [count, size], low, high) };
}
