import { describe, expect, it } from 'vitest';
import {
  adam,
  cosineDecay,
  linearDecay,
  type Rate,
  rmsprop,
  sgd,
  stepDecay,
  warmUp,
} from '../../../src/models/index.ts';
import { checkRate, rateAt } from '../../../src/models/optimizers/rate.ts';

describe('rateAt', () => {
  it('is the constant, or what the function says of the step', () => {
    expect(rateAt(0.5, 7)).toBe(0.5);
    expect(rateAt((index) => 1 / (index + 1), 3)).toBe(0.25);
  });
});

describe('checkRate', () => {
  it.each([0, 1e-4, 2])('lets %s pass', (rate) => {
    expect(checkRate('sgd', rate)).toBe(rate);
  });

  it('lets a function pass', () => {
    const rate = () => 1;
    expect(checkRate('sgd', rate)).toBe(rate);
  });

  it.each([-1, Number.NaN, Infinity, '0.1', undefined, null])('refuses %s for every optimiser', (rate) => {
    const wrong = { rate: rate as Rate };
    const shown = typeof rate === 'string' ? `"${rate}"` : rate;
    for (const [name, make] of Object.entries({ adam, rmsprop, sgd })) {
      expect(() => make(wrong)).toThrow(
        new RangeError(`${name}: rate: expected a finite number from 0, got ${shown}`),
      );
    }
  });
});

describe('linearDecay', () => {
  it.each([
    [0, 1],
    [100, 1],
    [125, 0.8],
    [150, 0.6],
    [200, 0.2],
    [9999, 0.2],
  ])('is constant, then falls, then is constant again (step %i: %s)', (step, rate) => {
    expect(rateAt(linearDecay(1, 0.2, 200, 100), step)).toBeCloseTo(rate, 12);
  });

  it('begins at the first step unless told', () => {
    expect(rateAt(linearDecay(1, 0, 4), 1)).toBe(0.75);
  });

  it.each([
    [() => linearDecay(-1, 0, 4), 'linearDecay: from: expected a finite number from 0, got -1'],
    [() => linearDecay(1, Number.NaN, 4), 'linearDecay: to: expected a finite number from 0, got NaN'],
    [() => linearDecay(1, 0, 0), 'linearDecay: end: expected a whole number from 1, got 0'],
    [() => linearDecay(1, 0, 5, 5), 'linearDecay: end: expected a whole number from 6, got 5'],
    [() => linearDecay(1, 0, 5, -1), 'linearDecay: begin: expected a whole number from 0, got -1'],
  ])('refuses %s', (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });
});

describe('cosineDecay', () => {
  it.each([
    [0, 1],
    [100, 1],
    [150, 1 - 0.8 * Math.sin(Math.PI / 8) ** 2],
    [200, 0.6],
    [300, 0.2],
    [9999, 0.2],
  ])('falls from 1 to 0.2 along half a cosine (step %i: %s)', (step, rate) => {
    // (1 + cos t) / 2 = 1 - sin^2 (t / 2)
    expect(rateAt(cosineDecay(1, 0.2, 300, 100), step)).toBeCloseTo(rate, 12);
  });

  it('refuses an end that is not behind its begin', () => {
    expect(() => cosineDecay(1, 0, 5, 5)).toThrow('cosineDecay: end: expected a whole number from 6, got 5');
  });
});

describe('stepDecay', () => {
  it.each([
    [0, 8],
    [9, 8],
    [10, 2],
    [19, 2],
    [20, 0.5],
    [9999, 0.5],
  ])('is multiplied at each step of the list (step %i: %s)', (step, rate) => {
    expect(rateAt(stepDecay(8, 0.25, [10, 20]), step)).toBe(rate);
  });

  it('refuses a factor above 1', () => {
    expect(() => stepDecay(1, 2, [1])).toThrow(
      'stepDecay: factor: expected a finite number from 0 to 1, got 2',
    );
  });
});

describe('warmUp', () => {
  it('rises in a straight line, and then is the rate', () => {
    const rate = warmUp(2, 4);
    expect([0, 1, 2, 3, 4, 99].map((step) => rateAt(rate, step))).toEqual([0.5, 1, 1.5, 2, 2, 2]);
    const falling = warmUp(linearDecay(1, 0, 10), 5);
    expect([0, 4, 5].map((step) => rateAt(falling, step))).toEqual([0.2, 0.6, 0.5]);
    expect(warmUp(3, 0)).toBe(3);
  });
});
