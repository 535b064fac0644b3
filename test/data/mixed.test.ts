import { describe, expect, it } from 'vitest';
import { heldImages } from '../../src/data/held-images.ts';
import { augmented, type Dataset, mixed, openDataset, ring8, shuffled } from '../../src/data/index.ts';

/** Images of one pixel, each of its own grey, of one class. */
const greys = (name: string, levels: readonly number[], classes?: readonly string[]): Dataset =>
  heldImages({
    name,
    shape: [1, 1, 1],
    pixels: Uint8Array.from(levels),
    ...(classes && { classes, labels: Int32Array.from(levels, (_, i) => i % classes.length) }),
  });
const levelsOf = ({ data }: { readonly data: ArrayLike<number> }) =>
  Array.from(data, (value) => Math.round((value + 1) * 127.5));
const a = greys('a', [1, 2, 3, 4, 5]);
const b = greys('b', [10, 20]);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('mixed', () => {
  it('has in every block as many examples of each as its weight says, in an order of its own', () => {
    const mix = mixed([a, b], { weights: [3, 1], seed: 1 });
    expect(mix).toMatchObject({ name: 'mix:a*3+b*1', size: Infinity, shape: [1, 1, 1] });
    const blocks = range(0, 50).map((block) =>
      range(4 * block, 4 * block + 4).map((i) => mix.originOf(i).source),
    );
    for (const block of blocks) expect(block.toSorted()).toEqual([0, 0, 0, 1]);
    expect(new Set(blocks.map((block) => block.join()))).toHaveLength(4);
  });

  it('takes every example of a dataset once before one twice, in a new order each time', () => {
    const mix = mixed([a, b], { weights: [3, 1] });
    const levels = levelsOf(mix.read(range(0, 40)).examples);
    const ofA = levels.filter((level) => level < 10);
    const passes = range(0, 6).map((pass) => ofA.slice(5 * pass, 5 * pass + 5));
    for (const pass of passes) expect(pass.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(passes.map((pass) => pass.join())).size).toBeGreaterThan(3);
    const ofB = levels.filter((level) => level >= 10);
    expect(ofB.slice(4, 6).toSorted()).toEqual([10, 20]);
  });

  it('is a pure function of seed and index', () => {
    const [one, other] = [
      mixed([a, b], { weights: [3, 2], seed: 5 }),
      mixed([a, b], { weights: [3, 2], seed: 5 }),
    ];
    const forwards = range(0, 100).map((i) => one.originOf(i));
    const backwards = range(0, 100)
      .reverse()
      .map((i) => other.originOf(i));
    expect(backwards.reverse()).toEqual(forwards);
    const second = mixed([a, b], { weights: [3, 2], seed: 6 });
    expect(range(0, 100).map((i) => second.originOf(i))).not.toEqual(forwards);
    expect(new Set([one, second, mixed([a, b], { seed: 5 })].map((mix) => mix.fingerprint))).toHaveLength(3);
  });

  it('goes on at any batch as if it had not stopped', () => {
    const mix = mixed([augmented(a, { brightness: 0.5 }), b], { weights: [2, 1], seed: 3 });
    const from = (start: number) => shuffled(mix, { size: 7, seed: 3, start })[Symbol.iterator]();
    const whole = from(0);
    const all = range(0, 12).map(() => whole.next().value!.batch.examples.data);
    const resumed = from(9);
    for (const index of [9, 10, 11]) expect(resumed.next().value.batch.examples.data).toEqual(all[index]);
  });

  it('makes one class of classes of one name, and has labels where all have them', () => {
    const mix = mixed([greys('a', [1, 2], ['cat', 'dog']), greys('b', [10, 20], ['dog', 'eel'])]);
    expect(mix.classes).toEqual(['cat', 'dog', 'eel']);
    const { examples, labels } = mix.read(range(0, 20));
    const names = levelsOf(examples).map((level, i) => `${level} ${mix.classes![labels!.data[i]!]}`);
    expect([...new Set(names)].toSorted()).toEqual(['1 cat', '10 dog', '2 dog', '20 eel']);
    expect(mixed([a, greys('b', [1], ['cat'])]).read([0]).labels).toBeUndefined();
  });

  it('refuses weights and data that do not fit', () => {
    expect(() => mixed([a, b], { weights: [1, 0] })).toThrow(
      'weights: expected a whole number from 1 to 1000, got 0',
    );
    expect(() => mixed([a, b], { weights: [1] })).toThrow(
      'weights: expected one for each of the 2 datasets, got [1]',
    );
    expect(() => mixed([a])).toThrow('mixed: expected two datasets or more, got 1');
    expect(() => mixed([a, ring8()])).toThrow(
      'mixed: expected images of [1,1,1] as in a, got points of [2] in ring8',
    );
  });

  it('is opened by a name with weights', async () => {
    const mix = await openDataset('mix:shapes:16*3+scenes:16,flip', { seed: 4 }).catch((error) => error);
    expect(mix).toMatchObject({
      message:
        'augmentation: expected images without parts that would have to follow, got scenes:16 with normals, mask',
    });
    const points = await openDataset('mix:ring8*3+grid25', { seed: 4 });
    expect(points).toMatchObject({ name: 'mix:ring8*3+grid25*1', size: Infinity, kind: 'points' });
    for (const spec of ['mix:ring8', 'mix:ring8+', 'mix:*3+ring8'])
      await expect(openDataset(spec)).rejects.toThrow('data: expected mix:A*3+B with datasets');
    for (const weight of ['0', '-1', '0.5', 'x'])
      await expect(openDataset(`mix:ring8*${weight}+grid25`)).rejects.toThrow(
        `data: expected weights that are whole numbers from 1, got "ring8*${weight}"`,
      );
  });
});
