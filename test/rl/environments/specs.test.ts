import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { box, discrete } from '../../../src/rl/index.ts';

const samples = <T>(spec: { sample(key: ReturnType<typeof keyOf>): T }, count: number) =>
  Array.from({ length: count }, (_, i) => spec.sample(keyOf(3, 'samples', i)));

describe('discrete', () => {
  it('takes whole numbers below its size', () => {
    const spec = discrete(3);
    expect([0, 2].every(spec.includes)).toBe(true);
    expect([-1, 3, 0.5, Number.NaN, '1', [1], undefined].some(spec.includes)).toBe(false);
    expect(spec.validate('action', 2)).toBe(2);
    expect(() => spec.validate('action', 3)).toThrow(
      new RangeError('action: expected a whole number from 0 to 2, got 3'),
    );
  });

  it('makes every value about as often as the others', () => {
    const counts = [0, 0, 0];
    for (const value of samples(discrete(3), 900)) counts[value]!++;
    for (const count of counts) expect(Math.abs(count - 300)).toBeLessThan(60);
  });

  it('refuses to be empty', () => {
    expect(() => discrete(0)).toThrow(
      new RangeError('discrete: size: expected a whole number from 1, got 0'),
    );
  });
});

describe('box', () => {
  const spec = box([-1, 0], [1, Infinity]);

  it('takes lists of finite numbers within its bounds', () => {
    expect(spec.shape).toEqual([2]);
    expect(spec.includes([-1, 1e30])).toBe(true);
    for (const wrong of [[0], [0, 0, 0], [-1.1, 0], [0, -0.1], [0, Number.NaN], [0, Infinity], 0, undefined])
      expect(spec.includes(wrong), String(wrong)).toBe(false);
    expect(() => spec.validate('observation', [2, 0])).toThrow(
      new RangeError('observation: expected a list of 2 finite numbers (-1 to 1, 0 to Infinity), got [2,0]'),
    );
  });

  it('rounds its bounds to float32, so that a rounded observation fits', () => {
    expect(box([-0.07], [0.07]).includes([Math.fround(0.07)])).toBe(true);
  });

  it('makes values that fit, over the whole of finite bounds', () => {
    const values = samples(spec, 300);
    expect(values.every(spec.includes)).toBe(true);
    expect(Math.min(...values.map(([first]) => first!))).toBeLessThan(-0.95);
    expect(Math.max(...values.map(([first]) => first!))).toBeGreaterThan(0.95);
    const anywhere = box([-Infinity, -Infinity], [Infinity, 0]);
    expect(samples(anywhere, 100).every(anywhere.includes)).toBe(true);
  });

  it('refuses bounds that are crossed, none, or of different number', () => {
    for (const [low, high] of [
      [[1], [0]],
      [[], []],
      [[0], [1, 1]],
    ] as [number[], number[]][])
      expect(() => box(low, high)).toThrow(/^box: expected as many lower as upper bounds/);
  });
});
