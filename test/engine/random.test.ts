import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fillBits,
  fold,
  integer,
  keyOf,
  normals,
  permutation,
  threefry2x32,
  uniforms,
} from '../../src/engine/index.ts';

const settings = { seed: 1, numRuns: 50 } as const;
const word = fc.integer({ min: 0, max: 0xffffffff });
const keys = fc.record({ high: word, low: word });

function bitsOf(key: { high: number; low: number }, length: number, start = 0): Uint32Array {
  const out = new Uint32Array(length);
  fillBits(key, out, start);
  return out;
}

/** Pearson's statistic of counts against equal expectation. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/**
 * The largest distance between the empirical distribution and the true one: Kolmogorov and Smirnov.
 */
function farthest(sample: Iterable<number>, distribution: (x: number) => number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted.reduce((worst, x, i) => {
    const [below, above] = [i / sorted.length, (i + 1) / sorted.length];
    return Math.max(worst, Math.abs(distribution(x) - below), Math.abs(distribution(x) - above));
  }, 0);
}

/** The normal distribution function by the series of Marsaglia (2004). */
function normalBelow(x: number): number {
  let [sum, term] = [x, x];
  for (let i = 3; Math.abs(term) > 1e-17; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

describe('threefry2x32', () => {
  it.each([
    [0, 0, 0, 0, 0x6b200159, 0x99ba4efe],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
    [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 0xc4923a9c, 0x483df7a0],
  ])('gives the known answer of Random123 for key %i %i and counter %i %i', (high, low, x, y, a, b) => {
    const out = new Uint32Array(2);
    threefry2x32({ high, low }, x, y, out);
    expect([...out]).toEqual([a, b]);
  });

  it('writes where it is told', () => {
    const out = new Uint32Array(4);
    threefry2x32({ high: 0, low: 0 }, 0, 0, out, 1);
    expect([...out]).toEqual([0, 0x6b200159, 0x99ba4efe, 0]);
  });
});

describe('keys', () => {
  it('depend on seed, name and index, and on nothing else', () => {
    expect(keyOf(7, 'noise', 3)).toEqual(keyOf(7, 'noise', 3));
    const all = [keyOf(7, 'noise', 3), keyOf(8, 'noise', 3), keyOf(7, 'noise', 4), keyOf(7, 'mix', 3)];
    expect(new Set(all.map((key) => `${key.high},${key.low}`)).size).toBe(4);
  });

  it('tell names apart that share their beginning, their letters or their zeros', () => {
    const names = ['', 'a', 'ab', 'ba', 'a\0', 'abcdefgh', 'abcdefghi', 'abcdefgh\0', '3', 'é'];
    const all = [...names.map((name) => fold(keyOf(1), name)), fold(keyOf(1), 3), fold(keyOf(1), 97)];
    expect(new Set(all.map((key) => `${key.high},${key.low}`)).size).toBe(all.length);
  });

  it('read each byte of a name', () => {
    const plain = new Array<string>(11).fill('a');
    const names = plain.map((_, i) => plain.with(i, 'b').join(''));
    const all = [plain.join(''), ...names].map((name) => fold(keyOf(1), name));
    expect(new Set(all.map((key) => `${key.high},${key.low}`)).size).toBe(12);
  });

  it('are those that runs of before were made with', () => {
    const { high, low } = fold(keyOf(1), 'abcdefghijk');
    expect([high, low]).toEqual([129059065, 1229223319]);
  });

  it('take seeds and indices up to 2^53', () => {
    expect(keyOf(2 ** 32)).not.toEqual(keyOf(0));
    expect(keyOf(Number.MAX_SAFE_INTEGER)).not.toEqual(keyOf(2 ** 32 - 1));
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])('refuse the number %d', (part) => {
    expect(() => fold(keyOf(1), part)).toThrow(`fold: expected a whole number from 0, got ${part}`);
  });

  it('give streams that do not follow each other', () => {
    const products = Array.from({ length: 200 }, (_, i) => {
      const [a, b] = [i, i + 1].map((index) => [...normals(keyOf(1, 'x', index), [100]).data]);
      return a!.reduce((sum, value, j) => sum + (value * b![j]!) / 100, 0);
    });
    // Each is a correlation of 100 pairs: normal with deviation 0.1, so that 200 of them average
    // below 0.03.
    expect(Math.abs(products.reduce((sum, value) => sum + value / 200, 0))).toBeLessThan(0.03);
    expect(Math.max(...products.map(Math.abs))).toBeLessThan(0.45);
  });
});

describe('fillBits', () => {
  it('gives from any position on what it gives there from the beginning', () => {
    const lengths = fc.nat({ max: 40 });
    fc.assert(
      fc.property(keys, lengths, lengths, (key, start, length) => {
        expect(bitsOf(key, length, start)).toEqual(bitsOf(key, start + length).slice(start));
      }),
      settings,
    );
  });

  it('goes on beyond 2^33 positions without repeating itself', () => {
    const key = keyOf(5);
    expect(bitsOf(key, 4, 2 ** 33)).not.toEqual(bitsOf(key, 4));
    expect(bitsOf(key, 3, 2 ** 33 - 1).slice(1)).toEqual(bitsOf(key, 2, 2 ** 33));
  });

  it('sets each of the 32 bits half the time', () => {
    const counts = new Array<number>(32).fill(0);
    for (const bits of bitsOf(keyOf(3), 20_000))
      for (let bit = 0; bit < 32; bit++) counts[bit]! += (bits >>> bit) & 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4.5 * Math.sqrt(5_000));
  });
});

describe('uniforms', () => {
  it('lie in their range and are spread evenly over it', () => {
    const { data, shape } = uniforms(keyOf(4), [100, 400], -2, 3);
    expect(shape).toEqual([100, 400]);
    const counts = new Array<number>(50).fill(0);
    for (const x of data) {
      expect(x).toBeGreaterThanOrEqual(-2);
      expect(x).toBeLessThan(3);
      counts[Math.floor((x + 2) * 10)]! += 1;
    }
    // The 99.9 % quantile of chi-square with 49 degrees of freedom is 85.4.
    expect(chiSquare(counts)).toBeLessThan(85.4);
    expect(farthest(data, (x) => (x + 2) / 5)).toBeLessThan(1.95 / Math.sqrt(data.length));
  });

  it('of one shape begin like those of a longer one', () => {
    expect(uniforms(keyOf(4), [7]).data).toEqual(uniforms(keyOf(4), [4, 5]).data.slice(0, 7));
  });
});

describe('normals', () => {
  it('have the moments and the distribution of the normal law', () => {
    const data = [...normals(keyOf(6), [40_000]).data];
    const moment = (power: number) => data.reduce((sum, x) => sum + x ** power, 0) / data.length;
    expect(moment(1)).toBeCloseTo(0, 1.7);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(3))).toBeLessThan(0.08);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
    expect(farthest(data, normalBelow)).toBeLessThan(1.95 / Math.sqrt(data.length));
  });

  it('scale with their deviation, and come in odd numbers too', () => {
    const [one, four] = [normals(keyOf(6), [5]), normals(keyOf(6), [5], 4)];
    expect(four.data).toEqual(one.data.map((x) => 4 * x));
    expect(one.data).toEqual(normals(keyOf(6), [6]).data.slice(0, 5));
  });

  it('are finite', () => {
    for (const x of normals(keyOf(9), [10_001]).data) expect(Number.isFinite(x)).toBe(true);
  });
});

describe('uniforms and normals', () => {
  it.each([0, 1, 2, 5, 6])('begin where they are asked to (at %i)', (start) => {
    for (const size of [1, 4, 5]) {
      const all = [uniforms(keyOf(4), [12], -2, 3), normals(keyOf(4), [12], 2)] as const;
      const [u, n] = [uniforms(keyOf(4), [size], -2, 3, start), normals(keyOf(4), [size], 2, start)];
      expect(u.data).toEqual(all[0].data.slice(start, start + size));
      expect(n.data).toEqual(all[1].data.slice(start, start + size));
    }
  });
});

describe('integer', () => {
  it('is uniform below its bound', () => {
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 7_000; i++) counts[integer(keyOf(1, 'die', i), 7)]! += 1;
    // The 99.9 % quantile of chi-square with 6 degrees of freedom is 22.5.
    expect(chiSquare(counts)).toBeLessThan(22.5);
  });
});

describe('permutation', () => {
  it('holds each number once', () => {
    fc.assert(
      fc.property(keys, fc.nat({ max: 300 }), (key, size) => {
        expect([...permutation(key, size)].sort((a, b) => a - b)).toEqual([...Array(size).keys()]);
      }),
      settings,
    );
  });

  it('takes each order of four equally often', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 4_800; i++) {
      const order = permutation(keyOf(2, 'order', i), 4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // The 99.9 % quantile of chi-square with 23 degrees of freedom is 49.7.
    expect(chiSquare([...counts.values()])).toBeLessThan(49.7);
  });
});
