import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldImages } from '../../src/data/held-images.ts';
import { type Dataset, ring8, shuffled } from '../../src/data/index.ts';
import { checkIndices } from '../../src/data/indices.ts';

/** A dataset of `size` images of one pixel; the pixel tells the number of the image. */
function numbers(size: number): Dataset {
  const labels = Int32Array.from({ length: size }, (_, i) => i);
  return heldImages({ name: 'numbers', shape: [1, 1, 1], pixels: new Uint8Array(size), labels });
}

/** The indices and the example numbers of the first `count` batches. */
function taken(source: Iterable<{ index: number; batch: ReturnType<Dataset['read']> }>, count: number) {
  const items: { index: number; examples: number[] }[] = [];
  for (const { index, batch } of source) {
    items.push({ index, examples: [...batch.labels!.data] });
    if (items.length === count) break;
  }
  return items;
}

describe('shuffled', () => {
  it('gives full batches numbered from 0, without an end', () => {
    const items = taken(shuffled(numbers(10), { size: 4 }), 25);
    expect(items.map(({ index }) => index)).toEqual(Array.from({ length: 25 }, (_, i) => i));
    expect(items.every(({ examples }) => examples.length === 4)).toBe(true);
  });

  it('gives every example exactly once an epoch, each epoch in another order', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(1000));
    fc.assert(
      fc.property(sizes, ([a, b, seed]) => {
        const [batch, size] = [Math.min(a, b), Math.max(a, b)];
        const source = shuffled(numbers(size), { size: batch, seed });
        const sequence = taken(source, Math.ceil((3 * size) / batch)).flatMap(({ examples }) => examples);
        for (const epoch of [0, 1, 2]) {
          const part = sequence.slice(epoch * size, (epoch + 1) * size);
          expect(part.sort((x, y) => x - y)).toEqual(Array.from({ length: size }, (_, i) => i));
        }
      }),
      { numRuns: 60, seed: 1 },
    );
    const [first, second] = taken(shuffled(numbers(30), { size: 30 }), 2);
    expect(first!.examples).not.toEqual(second!.examples);
  });

  it('gives the same batches from every start index', () => {
    const options = { size: 4, seed: 7 };
    const all = taken(shuffled(numbers(10), options), 50);
    for (let start = 0; start < 50; start++)
      expect(taken(shuffled(numbers(10), { ...options, start }), 50 - start)).toEqual(all.slice(start));
  });

  it('begins again each time it is iterated', () => {
    const source = shuffled(numbers(10), { size: 4, seed: 7 });
    expect(taken(source, 9)).toEqual(taken(source, 9));
  });

  it('starts at a far index', () => {
    const start = 2 ** 40;
    const [item] = taken(shuffled(numbers(1000), { size: 8, start }), 1);
    expect(item!.index).toBe(start);
    expect(new Set(item!.examples).size).toBe(8);
  });

  it('has another order with another seed', () => {
    const order = (seed: number) => taken(shuffled(numbers(30), { size: 30, seed }), 1)[0]!.examples;
    expect(order(1)).not.toEqual(order(2));
    expect(order(1)).toEqual(order(1));
  });

  it('reads endless data in its own order: batch k from example k * size', () => {
    const dataset = ring8({ seed: 3 });
    const item = shuffled(dataset, { size: 5, start: 7 })[Symbol.iterator]().next().value;
    expect(item!.batch).toEqual(dataset.read([35, 36, 37, 38, 39]));
    const iterator = shuffled(dataset, { size: 5 })[Symbol.iterator]();
    iterator.next();
    expect(iterator.next().value).toEqual({ index: 1, batch: dataset.read([5, 6, 7, 8, 9]) });
  });

  it('refuses a dataset smaller than a batch, naming both numbers', () => {
    expect(() => shuffled(numbers(10), { size: 11 })).toThrow(
      new RangeError(
        'size: expected a batch no larger than the dataset, and numbers has 10 examples, got 11',
      ),
    );
    expect(taken(shuffled(numbers(10), { size: 10 }), 1)[0]!.examples).toHaveLength(10);
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity, '5', null])('refuses a size of %s', (size) => {
    expect(() => shuffled(numbers(10), { size: size as number })).toThrow(
      'size: expected a whole number from 1',
    );
  });

  it('refuses a bad seed and a bad start', () => {
    expect(() => shuffled(numbers(10), { size: 1, seed: -1 })).toThrow(
      'seed: expected a whole number from 0, got -1',
    );
    expect(() => shuffled(numbers(10), { size: 1, start: 0.5 })).toThrow(
      'start: expected a whole number from 0',
    );
    expect(() => shuffled(numbers(10), { size: 10, start: 2 ** 52 })).toThrow(
      'start: expected a whole number',
    );
  });
});

describe('checkIndices', () => {
  it('gives back indices below the size', () => {
    const indices = Uint32Array.of(0, 9, 3);
    expect(checkIndices('digits', indices, 10)).toBe(indices);
    expect(checkIndices('ring8', [2 ** 52], Infinity)).toEqual([2 ** 52]);
  });

  it.each([-1, 10, 1.5, Number.NaN, Infinity, '3' as unknown as number])('refuses %s among ten', (index) => {
    expect(() => checkIndices('digits', [0, index], 10)).toThrow(
      /^digits: expected an index from 0 to 9, got .+/,
    );
  });

  it('refuses a negative index of endless data', () => {
    expect(() => checkIndices('ring8', [-1], Infinity)).toThrow('ring8: expected an index from 0, got -1');
  });
});
