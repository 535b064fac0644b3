/**
 * A point on the way from one row of noise to another: on the sphere on which normal noise lies, or
 * straight. White, Sampling Generative Networks, https://arxiv.org/abs/1609.04468, section 2.1.
 * @param {ArrayLike<number>} from @param {ArrayLike<number>} to
 * @param {number} share from 0 to 1 @param {boolean} spherical
 */
export function between(from, to, share, spherical) {
  const [a, b] = spherical ? weights(from, to, share) : [1 - share, share];
  return Float32Array.from(from, (x, i) => a * x + b * (to[i] ?? 0));
}

/**
 * @param {ArrayLike<number>} from @param {ArrayLike<number>} to @param {number} share
 * @returns {[number, number]}
 */
function weights(from, to, share) {
  const dot = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b) =>
    Array.from(a).reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
  const cosine = dot(from, to) / Math.max(1e-9, Math.sqrt(dot(from, from) * dot(to, to)));
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  const whole = Math.sin(angle);
  if (whole < 1e-4) return [1 - share, share];
  return [Math.sin((1 - share) * angle) / whole, Math.sin(share * angle) / whole];
}
