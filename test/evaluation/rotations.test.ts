import { describe, expect, it } from 'vitest';
import { type Dataset, ring8 } from '../../src/data/index.ts';
import { Value } from '../../src/engine/index.ts';
import { rotations } from '../../src/evaluation/rotations.ts';

const pictures: Dataset = {
  name: 'pictures',
  kind: 'images',
  size: 2,
  shape: [2, 2, 1],
  fingerprint: 'p',
  read: (indices) => ({
    examples: Value.of(
      Array.from(indices).flatMap((index) => [1, 2, 3, 4].map((pixel) => 10 * index + pixel)),
      [indices.length, 2, 2, 1],
    ),
  }),
};

describe('rotations', () => {
  it('turns every image to the left by its label', () => {
    const turned = rotations(pictures);
    expect(turned.size).toBe(8);
    const { examples, labels } = turned.read([0, 1, 2, 3, 5]);
    // 1 2 over 3 4, turned left: 2 4 over 1 3.
    expect([...examples.data]).toEqual([1, 2, 3, 4, 2, 4, 1, 3, 4, 3, 2, 1, 3, 1, 4, 2, 12, 14, 11, 13]);
    expect([...labels!.data]).toEqual([0, 1, 2, 3, 1]);
  });

  it('refuses points', () => {
    expect(() => rotations(ring8())).toThrow('rotations: expected square images, got ring8 of [2]');
  });
});
