import { describe, expect, it } from 'vitest';
import { heldImages } from '../../src/data/held-images.ts';
import { openDataset, shapes, unpaired } from '../../src/data/index.ts';

/** Images of one pixel, each of its own grey. */
const greys = (name: string, levels: readonly number[]) =>
  heldImages({ name, shape: [1, 1, 1], pixels: Uint8Array.from(levels) });
const levelsOf = (data: ArrayLike<number>) => Array.from(data, (value) => Math.round((value + 1) * 127.5));
const a = greys('a', [1, 2, 3, 4, 5, 6]);
const b = greys('b', [10, 20, 30]);

describe('unpaired', () => {
  it('pairs its examples with those of another set in random order', () => {
    const both = unpaired(a, b, { seed: 4 });
    expect(both).toMatchObject({ name: 'unpaired:a+b', size: 6, parts: { other: [1, 1, 1] } });
    const { examples, parts } = both.read([0, 1, 2, 3, 4, 5]);
    expect(levelsOf(examples.data)).toEqual([1, 2, 3, 4, 5, 6]);
    const other = levelsOf(parts!.other!.data);
    expect(other.slice(0, 3).sort()).toEqual([10, 20, 30]);
    expect(other.slice(3)).toEqual(other.slice(0, 3));
    expect(levelsOf(both.read([4, 1]).parts!.other!.data)).toEqual([other[4], other[1]]);
  });

  it('orders by the seed, which the fingerprint has', () => {
    const orders = [1, 2, 3, 4, 5, 6, 7].map((seed) =>
      levelsOf(unpaired(a, b, { seed }).read([0, 1, 2]).parts!.other!.data).join(),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
    expect(unpaired(a, b, { seed: 1 }).fingerprint).not.toBe(unpaired(a, b, { seed: 2 }).fingerprint);
    expect(unpaired(a, b).fingerprint).not.toBe(unpaired(b, a).fingerprint);
  });

  it('never pairs an endless set with itself', () => {
    const one = shapes({ side: 16 });
    const { examples, parts } = unpaired(one, one).read([7]);
    expect(parts!.other!.data).not.toEqual(examples.data);
    expect(parts!.tokens!.shape).toEqual([1, 8]);
  });

  it('augments both of a pair by their place in the run', async () => {
    const both = await openDataset('unpaired:shapes:16,brightness=1+shapes:16,brightness=1');
    const [first, second] = [both.read([0], [0]), both.read([0], [1])];
    expect(second.examples.data).not.toEqual(first.examples.data);
    expect(second.parts!.other!.data).not.toEqual(first.parts!.other!.data);
    const edges = await openDataset('edges:shapes:16,crop=8');
    expect(edges.read([0], [0]).parts!.source!.data).not.toEqual(edges.read([0], [1]).parts!.source!.data);
  });

  it('is opened by the names of both, and refuses what has no two', async () => {
    const both = await openDataset('unpaired:shapes:16+scenes:16', { seed: 2 });
    expect(both).toMatchObject({ shape: [16, 16, 3], parts: { other: [16, 16, 3] } });
    await expect(openDataset('unpaired:shapes')).rejects.toThrow(
      'data: expected unpaired:A+B with two datasets whose names have no +, got "unpaired:shapes"',
    );
    await expect(openDataset('unpaired:shapes+shape')).rejects.toThrow('did you mean shapes?');
  });
});
