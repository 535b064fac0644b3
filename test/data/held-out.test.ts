import { describe, expect, it } from 'vitest';
import { heldImages } from '../../src/data/held-images.ts';
import { heldOut, openDataset, ring8 } from '../../src/data/index.ts';
import { withCaptions } from '../../src/data/with-captions.ts';
import { pngFile } from './png-file.ts';
import { folderWith } from './temporary.ts';

const levels = Array.from({ length: 20 }, (_, i) => 3 * i);
const data = heldImages({ name: 'a', shape: [1, 1, 1], pixels: Uint8Array.from(levels) });
const levelsOf = (part: ReturnType<typeof heldOut>) =>
  Array.from(part.read(Array.from({ length: part.size }, (_, i) => i)).examples.data, (value) =>
    Math.round((value + 1) * 127.5),
  );

describe('heldOut', () => {
  it('parts a dataset by a share, in two parts that keep its order', () => {
    const [train, test] = [heldOut(data, 0.25, 'train'), heldOut(data, 0.25, 'test')];
    expect([train.size, test.size]).toEqual([15, 5]);
    expect([...levelsOf(train), ...levelsOf(test)].toSorted((a, b) => a - b)).toEqual(levels);
    expect(levelsOf(test)).toEqual(levelsOf(test).toSorted((a, b) => a - b));
    expect(levelsOf(test)).not.toEqual(levels.slice(0, 5));
    expect(levelsOf(heldOut(data, 0.25, 'test'))).toEqual(levelsOf(test));
    expect(new Set([train, test, heldOut(data, 0.5, 'test')].map((part) => part.fingerprint))).toHaveLength(
      3,
    );
  });

  it('keeps the captions of its examples', () => {
    const captioned = withCaptions(
      data,
      levels.map((level) => [`level ${level}`]),
    );
    const test = heldOut(captioned, 0.25, 'test') as typeof captioned;
    expect(test.captions([0, 4])).toEqual([0, 4].map((i) => `level ${levelsOf(test)[i]}`));
    const words = test.tokeniser.encode(test.captions([2])[0]!);
    expect([...test.read([2]).parts!.tokens!.data]).toEqual([...words]);
  });

  it('refuses shares that leave no part, and data without an end', () => {
    for (const share of [0, 1, -0.5, Number.NaN])
      expect(() => heldOut(data, share, 'train')).toThrow(
        `held-out: expected a share above 0 and below 1, got ${share}`,
      );
    expect(() => heldOut(data, 0.01, 'train')).toThrow(
      'held-out: expected a share that leaves examples in both parts, got 0.01 of 20',
    );
    expect(() => heldOut(ring8(), 0.1, 'test')).toThrow(
      'held-out: expected data with an end, got ring8, which has none',
    );
    expect(() => heldOut(data, 0.25, 'test').read([5])).toThrow(
      'a,held-out=0.25: expected an index from 0 to 4, got 5',
    );
  });

  it('gives any data of the command line a test part, the same for every seed', async () => {
    const files = Object.fromEntries(
      levels.map((level, i) => [
        `${String(i).padStart(2, '0')}.png`,
        pngFile({ width: 1, height: 1, type: 0 }, [level]),
      ]),
    );
    const spec = `folder:${folderWith(files)},held-out=0.2`;
    const [train, test] = [
      await openDataset(spec, { seed: 1 }),
      await openDataset(spec, { split: 'test', seed: 9 }),
    ];
    expect([train.size, test.size]).toEqual([16, 4]);
    expect([...levelsOf(train), ...levelsOf(test)].toSorted((a, b) => a - b)).toEqual(levels);
    await expect(openDataset(`${spec.slice(0, -3)}much`)).rejects.toThrow(
      'held-out: expected a finite number, got "much"',
    );
  });
});
