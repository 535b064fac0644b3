import { describe, expect, it } from 'vitest';
import { didYouMean, requireKnown, requireMember, requireOptions } from '../../src/base/index.ts';

const choices = ['ring8', 'grid25', 'swiss-roll', 'gaussian', 'mnist', 'idx'];

describe('didYouMean', () => {
  it.each([
    ['rign8', 'ring8'],
    ['Ring8', 'ring8'],
    ['grid-25', 'grid25'],
    ['swissroll', 'swiss-roll'],
    ['gausian', 'gaussian'],
    ['mnits', 'mnist'],
    ['idx', 'idx'],
  ])('takes %s for %s', (word, meant) => {
    expect(didYouMean(word, choices)).toBe(meant);
  });

  it.each(['imagenet', '', 'x', 'celeba'])('takes %o for none of them', (word) => {
    expect(didYouMean(word, choices)).toBeUndefined();
  });

  it('takes a letter or digit for no other, but for itself in another case', () => {
    expect(didYouMean('8', ['0', '1', '10'])).toBeUndefined();
    expect(didYouMean('Q', ['v', 'q'])).toBe('q');
  });

  it('prefers the first of two that are as close', () => {
    expect(didYouMean('cat', ['bat', 'car'])).toBe('bat');
  });
});

it('requireKnown refuses an unknown name, and suggests the nearest where one is near', () => {
  const refuse = (name: string) => () => requireKnown('recipe', [name], ['wgan-gp', 'wgan']);
  expect(refuse('wgan')).not.toThrow();
  expect(refuse('wgan-pg')).toThrow(
    new RangeError('recipe: expected one of wgan-gp, wgan, got "wgan-pg"; did you mean wgan-gp?'),
  );
  expect(refuse('stylegan')).toThrow(/, got "stylegan"$/);
});

it('requireOptions refuses what is no object, and names that are no options', () => {
  expect(() => requireOptions('record', undefined, { dir: true })).toThrow(
    new TypeError('record: expected an object of options, got undefined'),
  );
  expect(() => requireOptions('record', { step: 1 }, { steps: true })).toThrow(
    'record: expected one of steps, got "step"; did you mean steps?',
  );
});

it('requireMember refuses what is no object, or lacks one of the members', () => {
  const refuse = (value: unknown) => () => requireMember('run', 'a Run', value, 'stop', 'gate');
  expect(refuse({ stop: 1, gate: 2 })).not.toThrow();
  for (const value of [undefined, 3, {}, { stop: 1 }, { stop: 1, gate: undefined }])
    expect(refuse(value)).toThrow(TypeError);
  expect(refuse(3)).toThrow('run: expected a Run, got 3');
});
