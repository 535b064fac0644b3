import { describe, expect, it } from 'vitest';
import { shapes } from '../../src/data/index.ts';

const indices = Array.from({ length: 40 }, (_, i) => i);

describe('shapes', () => {
  it.each([16, 32, 64] as const)('makes images of %i pixels a side in [-1, 1]', (side) => {
    const { examples, labels } = shapes({ side }).read(indices);
    expect(examples).toMatchObject({ dtype: 'float32', shape: [40, side, side, 3] });
    expect(labels).toMatchObject({ dtype: 'int32', shape: [40] });
    expect(examples.data.every((value) => value >= -1 && value <= 1)).toBe(true);
  });

  it('makes each image from the seed and its index alone', () => {
    const all = shapes({ seed: 9, side: 16 }).read(indices).examples.data;
    const some = shapes({ seed: 9, side: 16 }).read([30, 2]).examples.data;
    const each = 16 * 16 * 3;
    expect(some.subarray(0, each)).toEqual(all.subarray(30 * each, 31 * each));
    expect(some.subarray(each)).toEqual(all.subarray(2 * each, 3 * each));
    expect(shapes({ seed: 8, side: 16 }).read([2]).examples.data).not.toEqual(
      all.subarray(2 * each, 3 * each),
    );
  });

  it('shows the same scene at every side', () => {
    expect(shapes({ side: 16, seed: 4 }).captions(indices)).toEqual(
      shapes({ side: 64, seed: 4 }).captions(indices),
    );
    const small = shapes({ side: 16, seed: 4 }).read(indices);
    const large = shapes({ side: 64, seed: 4 }).read(indices);
    expect(small.labels).toEqual(large.labels);
    const mean = (data: ArrayLike<number>) => Array.from(data).reduce((sum, v) => sum + v, 0) / data.length;
    expect(mean(small.examples.data)).toBeCloseTo(mean(large.examples.data), 2);
  });

  it('names the class of the label in the caption', () => {
    const dataset = shapes({ seed: 1 });
    const labels = dataset.read(indices).labels!.data;
    dataset.captions(indices).forEach((caption, i) => {
      expect(caption.split(' ')[3]).toBe(dataset.classes![labels[i]!]);
    });
    expect(new Set(labels).size).toBe(8);
  });

  it('paints the shape where the caption says', () => {
    const dataset = shapes({ seed: 1, side: 32 });
    const { data } = dataset.read(indices).examples;
    dataset.captions(indices).forEach((caption, i) => {
      let [sumX, sumY, count] = [0, 0, 0];
      for (let pixel = 0; pixel < 1024; pixel++) {
        const bright = Math.max(...data.subarray(3 * (1024 * i + pixel), 3 * (1024 * i + pixel) + 3)) > 0;
        if (!bright) continue;
        sumX += pixel % 32;
        sumY += Math.floor(pixel / 32);
        count++;
      }
      expect(count, caption).toBeGreaterThan(10);
      if (/left/.test(caption)) expect(sumX / count, caption).toBeLessThan(14);
      if (/right/.test(caption)) expect(sumX / count, caption).toBeGreaterThan(17);
      if (/top/.test(caption)) expect(sumY / count, caption).toBeLessThan(14.5);
      if (/bottom/.test(caption)) expect(sumY / count, caption).toBeGreaterThan(16.5);
    });
  });

  it('differs in its fingerprint by side and by seed', () => {
    const prints = [shapes(), shapes({ side: 64 }), shapes({ seed: 1 })].map(
      ({ fingerprint }) => fingerprint,
    );
    expect(new Set(prints).size).toBe(3);
    expect(shapes().fingerprint).toBe(shapes({ side: 32, seed: 0 }).fingerprint);
  });

  it('refuses other sides, seeds and indices', () => {
    expect(() => shapes({ side: 33 as 32 })).toThrow(new RangeError('side: expected 16, 32 or 64, got 33'));
    expect(() => shapes({ seed: -1 })).toThrow('seed: expected a whole number from 0, got -1');
    expect(() => shapes().read([-1])).toThrow('shapes: expected an index from 0, got -1');
    expect(() => shapes().captions([0.5])).toThrow('shapes: expected an index from 0, got 0.5');
  });
});
