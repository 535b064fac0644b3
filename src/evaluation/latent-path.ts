import { oneOf, wholeNumber } from '../base/index.ts';
import { Value } from '../engine/index.ts';

/**
 * Points on the way from each latent vector of `from` to that of `to`, ends included: [count *
 * steps, width], the steps of one pair after the other. Normal noise lies near a sphere, so that
 * the middle of a straight line is of a length that the generator has hardly seen; the spherical
 * way keeps the length (White, Sampling Generative Networks, arXiv:1609.04468).
 * @param from float32 [count, width]
 * @throws RangeError for other shapes or a step below 2
 */
export function latentPath(
  from: Value,
  to: Value,
  steps: number,
  kind: 'linear' | 'spherical' = 'spherical',
): Value {
  const [count = 0, width = 0] = from.shape;
  if (from.shape.length !== 2 || to.shape.join() !== from.shape.join())
    throw new RangeError(
      `latentPath: expected two tensors [count, width], got [${from.shape}] and [${to.shape}]`,
    );
  wholeNumber('latentPath: steps', steps, 2);
  oneOf('latentPath: kind', kind, ['linear', 'spherical']);
  const data = new Float32Array(count * steps * width);
  for (let i = 0; i < count; i++) {
    const [a, b] = [from, to].map((side) => side.data.subarray(i * width, (i + 1) * width));
    const angle = kind === 'linear' ? 0 : angleOf(a!, b!);
    for (let s = 0; s < steps; s++) {
      const [left, right] = shares(s / (steps - 1), angle);
      const start = (i * steps + s) * width;
      for (let k = 0; k < width; k++) data[start + k] = left * a![k]! + right * b![k]!;
    }
  }
  return new Value('float32', [count * steps, width], data);
}

function angleOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    product += a[k]! * b[k]!;
    ofA += a[k]! ** 2;
    ofB += b[k]! ** 2;
  }
  return Math.acos(Math.min(1, Math.max(-1, product / Math.sqrt(ofA * ofB || 1))));
}

/**
 * Where the directions are (nearly) one, or opposite, the sphere names no way, and the straight one
 * is taken.
 */
function shares(t: number, angle: number): readonly [number, number] {
  const sine = Math.sin(angle);
  if (sine < 1e-6) return [1 - t, t];
  return [Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine];
}
