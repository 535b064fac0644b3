import { describe, expect, it } from 'vitest';
import { captionOf, heldOutPairs, shapeAttributes, shapes } from '../../src/data/index.ts';

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

  it('gives the tokens of the captions, of 28 words and at most 8 a caption', () => {
    const dataset = shapes({ seed: 2, side: 16 });
    const { tokens } = dataset.read(indices).parts!;
    expect(tokens).toMatchObject({ dtype: 'int32', shape: [40, 8] });
    expect(dataset.parts).toEqual({ tokens: [8] });
    expect(dataset.tokeniser.vocabulary.length).toBe(28);
    dataset.captions(indices).forEach((caption, i) => {
      expect(tokens!.data.subarray(8 * i, 8 * i + 8), caption).toEqual(dataset.tokeniser.encode(caption));
    });
    expect(tokens!.data).not.toContain(1);
  });

  it('leaves out the scenes of a rule, shows only those, and changes no others', () => {
    const all = shapes({ seed: 3, side: 16 });
    const seen = shapes({ seed: 3, side: 16, without: heldOutPairs });
    const unseen = shapes({ seed: 3, side: 16, only: heldOutPairs });
    const many = Array.from({ length: 500 }, (_, i) => i);
    const held = (dataset: typeof all) =>
      dataset.scenes(many).filter(({ attributes }) => heldOutPairs.holds(attributes)).length;
    expect(held(all)).toBeGreaterThan(30);
    expect(held(seen)).toBe(0);
    expect(held(unseen)).toBe(500);
    const captions = all.captions(many);
    const kept = seen.captions(many).filter((caption, i) => caption === captions[i]);
    expect(kept.length).toBeGreaterThanOrEqual(500 - held(all));
    expect(new Set([all, seen, unseen].map(({ fingerprint }) => fingerprint)).size).toBe(3);
    expect(seen.captions([400])).toEqual(seen.captions(many).slice(400, 401));
  });

  it('holds out 216 of the 1,728 captions, with each shape and each colour once a pair', () => {
    const pairs = shapeAttributes.shape.flatMap((_, shape) =>
      shapeAttributes.colour
        .map((__, colour) => ({ shape, colour, size: 0, place: 0 }))
        .filter((attributes) => heldOutPairs.holds(attributes)),
    );
    expect(pairs.length * 3 * 9).toBe(216);
    expect(new Set(pairs.map(({ shape }) => shape)).size).toBe(8);
    expect(new Set(pairs.map(({ colour }) => colour)).size).toBe(8);
    expect(captionOf(pairs[0]!)).toBe('a small red circle at the top left');
  });

  it('refuses a rule that allows no scene', () => {
    const none = { name: 'nothing', holds: () => false };
    expect(() => shapes({ only: none }).read([0])).toThrow(
      'shapes, only nothing: expected a rule that allows scenes, got none in 1000 draws',
    );
  });
});
