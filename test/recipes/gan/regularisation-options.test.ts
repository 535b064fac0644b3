import { describe, expect, it } from 'vitest';
import { ring8, shapes } from '../../../src/data/index.ts';
import {
  lossOf,
  lossOption,
  regularisationOf,
  regularisationOptions,
} from '../../../src/recipes/gan/regularisation-options.ts';
import { type ChoiceRule, resolveOptions } from '../../../src/recipes/index.ts';

const points = ring8();
const images = shapes({ side: 16 });
const of = (given: Record<string, number | string>, dataset: typeof points | typeof images = images) =>
  regularisationOf(resolveOptions(regularisationOptions, given, new Map()), dataset);

describe('regularisationOf', () => {
  it('has neither penalty nor augmentation unless told', () => {
    expect(of({})).toEqual({});
    expect(of({ penalty: 3 }, points)).toEqual({});
  });

  it.each([
    ['gradient', ['gradient penalty']],
    ['zero-centred', ['zero-centred penalty']],
    ['r1', ['r1']],
    ['r2', ['r2']],
    ['r1-r2', ['r1', 'r2']],
  ])('has the penalties of %s, lazy where told', (kind, names) => {
    const named = (every: number) =>
      of({ 'penalty-kind': kind, 'penalty-every': every }, points).penalties!.map((term) => [
        term.name,
        term.every,
      ]);
    expect(named(1)).toEqual(names.map((name) => [name, undefined]));
    expect(named(16)).toEqual(names.map((name) => [name, 16]));
  });

  it('has the augmentations in the order that is told', () => {
    const { augmentations } = of({ augment: 'flip,color' });
    expect(augmentations!.map(({ name }) => name)).toEqual(['flip', 'color']);
  });

  it('refuses augmentation of points, and an interval of no penalty', () => {
    expect(() => of({ augment: 'flip' }, points)).toThrow(
      new RangeError('set augment: expected none, since ring8 has no images, got flip'),
    );
    expect(() => of({ 'penalty-every': 16 })).toThrow(
      new RangeError('set penalty-every: expected 1, since penalty-kind is none, got 16'),
    );
  });
});

it('lossOf makes a loss of every choice of the option', () => {
  const { choices } = lossOption('hinge').rule as ChoiceRule;
  const losses = (choices as readonly Parameters<typeof lossOf>[0][]).map(lossOf);
  expect(losses.map(({ relativistic = false }) => relativistic)).toEqual([
    ...Array(5).fill(false),
    true,
    true,
  ]);
});
