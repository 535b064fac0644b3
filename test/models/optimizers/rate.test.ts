import { describe, expect, it } from 'vitest';
import { adam, linearDecay, type Rate, rmsprop, sgd } from '../../../src/models/index.ts';
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
