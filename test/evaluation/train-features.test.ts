import { describe, expect, it } from 'vitest';
import { type Dataset, ring8 } from '../../src/data/index.ts';
import { openEngine, Value } from '../../src/engine/index.ts';
import { Moments } from '../../src/evaluation/moments.ts';
import { networkFeatures } from '../../src/evaluation/network-features.ts';
import { trainFeatures } from '../../src/evaluation/train-features.ts';

const { engine } = await openEngine('auto');

/**
 * Bars: class 0 lies, class 1 stands; the rest is grain. No class looks like another in any
 * rotation of its own.
 */
function bars(labelled: boolean): Dataset {
  const grain = (n: number) => Math.sin(12.9898 * n) * 0.2;
  const pixel = (index: number, y: number, x: number) => {
    const along = index % 2 === 0 ? y : x;
    return (along === 1 + (Math.floor(index / 2) % 3) ? 0.9 : -0.7) + grain(64 * index + 8 * y + x);
  };
  return {
    name: 'bars',
    kind: 'images',
    size: 400,
    shape: [8, 8, 1],
    fingerprint: 'bars',
    read(indices) {
      const numbers = Array.from(indices);
      const pixels = numbers.flatMap((index) =>
        Array.from({ length: 64 }, (_, i) => pixel(index, i >> 3, i & 7)),
      );
      const examples = Value.of(pixels, [numbers.length, 8, 8, 1]);
      if (!labelled) return { examples };
      return {
        examples,
        labels: new Value(
          'int32',
          [numbers.length],
          Int32Array.from(numbers, (n) => n % 2),
        ),
      };
    },
  };
}

describe('trainFeatures', () => {
  it('learns the classes, scales features to variance 1, and gives the same hash again', async () => {
    let steps = 0;
    const network = await trainFeatures(bars(true), engine, {
      batch: 20,
      onStep: (_, total) => (steps = total),
    });
    expect(network).toMatchObject({ data: 'bars', classes: 2, labels: 'classes', shape: [8, 8, 1] });
    expect(network.accuracy).toBeGreaterThan(0.95);
    expect(steps).toBe(Math.ceil((6 * 363) / 20));
    const features = networkFeatures(network, engine);
    const { examples, labels } = bars(true).read(Array.from({ length: 250 }, (_, i) => i));
    const { features: rows, probabilities } = await features.see(examples);
    const { totalVariance } = Moments.of(rows);
    expect(Math.abs(totalVariance / 64 - 1)).toBeLessThan(0.25);
    const wrong = [...labels!.data].filter((label, i) => probabilities!.data[2 * i + label]! < 0.5);
    expect(wrong.length).toBeLessThan(10);
    features.close();
    expect((await trainFeatures(bars(true), engine, { batch: 20 })).hash).toBe(network.hash);
  });

  it('learns rotations where there are no labels', async () => {
    const network = await trainFeatures(bars(false), engine, { batch: 50, epochs: 3 });
    expect(network).toMatchObject({ classes: 4, labels: 'rotations' });
    expect(network.accuracy).toBeGreaterThan(0.4);
  });

  it('refuses points, labels that are not there, and too many images', async () => {
    await expect(trainFeatures(ring8(), engine)).rejects.toThrow(
      'expected images, got ring8, which is points',
    );
    await expect(trainFeatures(bars(false), engine, { labels: 'classes' })).rejects.toThrow(
      'labels: expected rotations, as bars has no classes',
    );
    await expect(trainFeatures(bars(true), engine, { images: 400 })).rejects.toThrow(
      'images: expected a whole number from 20 to 363, got 400',
    );
  });
});
