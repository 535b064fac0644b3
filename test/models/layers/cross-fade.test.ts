import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { crossFade, fadedImages } from '../../../src/models/index.ts';
import { both, bothNames, compute, expectClose, noise } from '../support.ts';

describe.each(bothNames)('a cross-fade on %s', (name) => {
  const between = (alpha: number) =>
    compute(
      { a: noise('a', [20]), b: noise('b', [20]), alpha: Value.scalar(alpha) },
      ({ a, b, alpha }) => ({ y: crossFade(a, b, alpha) }),
      both[name],
    ).y;

  it('is one at 0 and the other at 1, to the bit, and between them elsewhere', () => {
    expect(between(0)).toEqual(noise('a', [20]));
    expect(between(1)).toEqual(noise('b', [20]));
    const { y } = compute(
      { a: Value.of([2]), b: Value.of([6]), alpha: Value.scalar(0.25) },
      ({ a, b, alpha }) => ({ y: crossFade(a, b, alpha) }),
      both[name],
    );
    expect(y).toEqual(Value.of([3]));
  });

  it('fades the detail of images in', () => {
    const { y } = compute(
      { x: Value.of([1, 3, 5, 7], [1, 2, 2, 1]), alpha: Value.scalar(0.25) },
      ({ x, alpha }) => ({ y: fadedImages(x, alpha) }),
      both[name],
    );
    expectClose(y, [3.25, 3.75, 4.25, 4.75], 1e-6);
  });
});
