import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/base/index.ts';

const choices = ['ring8', 'grid25', 'swiss-roll', 'gaussian', 'mnist', 'idx'];

describe('closest', () => {
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

  it('prefers the first of two that are as close', () => {
    expect(didYouMean('cat', ['bat', 'car'])).toBe('bat');
  });
});
