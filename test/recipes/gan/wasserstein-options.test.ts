import { describe, expect, it } from 'vitest';
import { grid25, shapes } from '../../../src/data/index.ts';
import { keyOf } from '../../../src/engine/index.ts';
import { networks, rateOf, wassersteinOptions } from '../../../src/recipes/gan/wasserstein-options.ts';
import { resolveOptions } from '../../../src/recipes/index.ts';

describe('rateOf', () => {
  it('is constant without an end', () => {
    expect(rateOf(0.01, { 'decay-from': 0, 'decay-to': 0 })).toBe(0.01);
  });

  it('falls in a straight line between the two steps', () => {
    const rate = rateOf(0.01, { 'decay-from': 100, 'decay-to': 200 }) as (step: number) => number;
    expect([0, 100, 150, 200, 999].map(rate)).toEqual([0.01, 0.01, 0.005, 0, 0]);
  });

  it('refuses an end before the beginning', () => {
    expect(() => rateOf(0.01, { 'decay-from': 5, 'decay-to': 5 })).toThrow(
      '--set decay-to: expected 0 or more than decay-from (5), got 5',
    );
  });
});

describe('networks', () => {
  const values = resolveOptions(wassersteinOptions, {}, new Map([['filters', 4]]));

  it('are dense for points', () => {
    const { critic, generator } = networks(values, grid25());
    expect(generator.init(keyOf(0), [64]).shape).toEqual([2]);
    expect(critic.init(keyOf(0), [2]).shape).toEqual([1]);
  });

  it.each([16, 32] as const)('are convolutional for images of %i pixels', (side) => {
    const { critic, generator } = networks(values, shapes({ side }));
    expect(generator.init(keyOf(0), [64]).shape).toEqual([side, side, 3]);
    expect(critic.init(keyOf(0), [side, side, 3]).shape).toEqual([1]);
  });

  it('refuse images of another size', () => {
    expect(() => networks(values, shapes({ side: 64 }))).toThrow(
      '--data: expected square images of 16, 28 or 32 pixels, got shapes:64 of 64x64',
    );
  });
});
