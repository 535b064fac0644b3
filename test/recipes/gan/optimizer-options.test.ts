import { describe, expect, it } from 'vitest';
import { adam, type Rate, rateAt } from '../../../src/models/index.ts';
import { optimizerOptions, optimizersOf, rateOf } from '../../../src/recipes/gan/optimizer-options.ts';
import { resolveOptions } from '../../../src/recipes/index.ts';

const valuesOf = (given: Record<string, number | string> = {}) =>
  resolveOptions(optimizerOptions, given, new Map());
const at = (rate: Rate, steps: readonly number[]) => steps.map((step) => rateAt(rate, step));

describe('rateOf', () => {
  it('is constant without an end, whatever the schedule', () => {
    for (const schedule of ['linear', 'cosine', 'step', 'constant'])
      expect(rateOf(0.01, valuesOf({ 'rate-schedule': schedule }))).toBe(0.01);
    const constant = valuesOf({ 'rate-schedule': 'constant', 'decay-from': 1, 'decay-to': 9 });
    expect(rateOf(0.01, constant)).toBe(0.01);
  });

  it.each([
    ['linear', [1, 1, 0.5, 0, 0]],
    ['cosine', [1, 1, 0.5, 0, 0]],
    ['step', [1, 0.25, 0.25, 0.0625, 0.0625]],
  ])('falls by schedule %s', (schedule, rates) => {
    const decay = { 'decay-from': 100, 'decay-to': 200, 'decay-factor': 0.25 };
    const rate = rateOf(1, valuesOf({ 'rate-schedule': schedule, ...decay }));
    for (const [i, found] of at(rate, [0, 100, 150, 200, 999]).entries())
      expect(found).toBeCloseTo(rates[i]!, 12);
  });

  it('rises at the beginning', () => {
    expect(at(rateOf(1, valuesOf({ 'warm-up': 4, 'decay-to': 8 })), [0, 3, 4])).toEqual([0.25, 0.625, 0.5]);
  });

  it('refuses an end before the beginning', () => {
    expect(() => rateOf(1, valuesOf({ 'decay-from': 5, 'decay-to': 5 }))).toThrow(
      'set decay-to: expected 0 or more than decay-from (5), got 5',
    );
  });
});

describe('optimizersOf', () => {
  it('adds to an optimiser only what is asked for', () => {
    const plain = adam({ rate: 1 });
    expect(optimizersOf(valuesOf(), () => plain).critic).toBe(plain);
    const { generator } = optimizersOf(valuesOf({ 'max-grad-norm': 1, accumulate: 2 }), () => plain);
    expect(Object.keys(generator.init({}))).toEqual(['inner', 'pending']);
    const rates: Rate[] = [];
    optimizersOf(valuesOf({ 'critic-rate': 0.5, 'generator-rate': 0.25 }), (rate) => {
      rates.push(rate);
      return plain;
    });
    expect(rates).toEqual([0.5, 0.25]);
  });
});
