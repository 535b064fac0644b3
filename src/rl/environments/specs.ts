import { show, wholeNumber } from '../../base/index.ts';
import { integer, type Key, normals, uniforms } from '../../engine/index.ts';
import type { BoxSpec, DiscreteSpec } from './environment.ts';

/**
 * Whole numbers from 0 to `size` - 1. @throws RangeError when `size` is not a whole number from 1
 */
export function discrete(size: number): DiscreteSpec {
  wholeNumber('discrete: size', size, 1);
  const rule = `a whole number from 0 to ${size - 1}`;
  const includes = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < size;
  return {
    kind: 'discrete',
    shape: [],
    size,
    rule,
    includes,
    validate: (name, value) => {
      if (includes(value)) return value;
      throw new RangeError(`${name}: expected ${rule}, got ${show(value)}`);
    },
    sample: (key) => integer(key, size),
  };
}

/**
 * Lists of float32 numbers, each between its bounds (inclusive). Bounds may be infinite, values may
 * not.
 * @throws RangeError when the bounds are empty, of different length, or crossed
 */
export function box(low: readonly number[], high: readonly number[]): BoxSpec {
  if (low.length === 0 || low.length !== high.length || !low.every((bound, i) => bound <= high[i]!))
    throw new RangeError(
      `box: expected as many lower as upper bounds, each at most its upper one, got ${show(low)} and ${show(high)}`,
    );
  const [lows, highs] = [low.map(Math.fround), high.map(Math.fround)];
  const bounds = lows.map((bound, i) => `${short(bound)} to ${short(highs[i]!)}`);
  const alike = bounds.length > 8 && new Set(bounds).size === 1;
  const rule = `a list of ${low.length} finite numbers (${alike ? `each ${bounds[0]}` : bounds.join(', ')})`;
  const includes = (value: unknown): value is readonly number[] => {
    if (!Array.isArray(value) || value.length !== lows.length) return false;
    for (let i = 0; i < lows.length; i++) {
      const number: unknown = value[i];
      if (typeof number !== 'number' || !(number >= lows[i]! && number <= highs[i]!)) return false;
      if (number === Infinity || number === -Infinity) return false;
    }
    return true;
  };
  return {
    kind: 'box',
    shape: [lows.length],
    low: lows,
    high: highs,
    rule,
    includes,
    validate: (name, value) => {
      if (includes(value)) return value;
      throw new RangeError(`${name}: expected ${rule}, got ${show(value)}`);
    },
    sample: (key) => sampleBox(key, lows, highs),
  };
}

/** Uniform between finite bounds; where a bound is infinite, normal and moved inside. */
function sampleBox(key: Key, low: readonly number[], high: readonly number[]): number[] {
  const shares = uniforms(key, [low.length]).data;
  const bells = normals(key, [low.length]).data;
  return low.map((from, i) => {
    const to = high[i]!;
    const bell = bells[i]!;
    if (Number.isFinite(to - from)) return Math.fround(from + shares[i]! * (to - from));
    if (Number.isFinite(from)) return Math.fround(from + Math.abs(bell));
    return Number.isFinite(to) ? Math.fround(to - Math.abs(bell)) : bell;
  });
}

function short(bound: number): string {
  return String(Number(bound.toPrecision(6)));
}
