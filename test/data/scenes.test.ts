import { describe, expect, it } from 'vitest';
import { sceneLight, scenes } from '../../src/data/index.ts';
import type { Value } from '../../src/engine/index.ts';

const indices = Array.from({ length: 24 }, (_, i) => i);

describe('scenes', () => {
  it.each([16, 32, 64] as const)('makes images, normals and masks of %i pixels a side', (side) => {
    const dataset = scenes({ side, seed: 3 });
    const { examples, labels, parts } = dataset.read(indices);
    expect(examples).toMatchObject({ dtype: 'float32', shape: [24, side, side, 3] });
    expect(parts!.normals!.shape).toEqual([24, side, side, 3]);
    expect(parts!.mask!.shape).toEqual([24, side, side, 1]);
    expect(dataset.parts).toEqual({ normals: [side, side, 3], mask: [side, side, 1] });
    expect(examples.data.every((value) => value >= -1 && value <= 1)).toBe(true);
    expect([...new Set(labels!.data)].sort()).toEqual([0, 1, 2, 3]);
    expect([...new Set(parts!.mask!.data)].sort()).toEqual([0, 1]);
  });

  it('lights each pixel by its normal: albedo times 0.25 + 0.75 max(0, <n, l>)', () => {
    const { examples, parts } = scenes({ side: 16, seed: 3, albedo: 0.8 }).read(indices);
    const { normals, mask } = parts as Record<string, Value> as Record<'normals' | 'mask', Value>;
    let solid = 0;
    for (let pixel = 0; pixel < mask.data.length; pixel++) {
      const normal = Array.from(normals.data.subarray(3 * pixel, 3 * pixel + 3));
      expect(Math.hypot(...normal)).toBeCloseTo(1, 5);
      const light = normal.reduce((sum, part, i) => sum + part * sceneLight[i]!, 0);
      const albedo = mask.data[pixel] === 1 ? 0.8 : 0.5;
      const shade = albedo * (0.25 + 0.75 * Math.max(0, light));
      expect((examples.data[3 * pixel]! + 1) / 2).toBeCloseTo(shade, 5);
      solid += mask.data[pixel]!;
    }
    expect(solid / mask.data.length).toBeGreaterThan(0.1);
    expect(solid / mask.data.length).toBeLessThan(0.5);
  });

  it('makes each image from the seed and its index alone, in colours of their own', () => {
    const all = scenes({ seed: 9, side: 16 }).read(indices).examples.data;
    const some = scenes({ seed: 9, side: 16 }).read([20, 2]).examples.data;
    expect(some.subarray(0, 768)).toEqual(all.subarray(20 * 768, 21 * 768));
    expect(scenes({ seed: 8, side: 16 }).read([2]).examples.data).not.toEqual(some.subarray(768));
    const prints = [scenes(), scenes({ seed: 1 }), scenes({ side: 16 }), scenes({ albedo: 0.8 })];
    expect(new Set(prints.map(({ fingerprint }) => fingerprint)).size).toBe(4);
  });

  it('refuses other sides, seeds, greys and indices', () => {
    expect(() => scenes({ side: 8 as 16 })).toThrow(new RangeError('side: expected 16, 32 or 64, got 8'));
    expect(() => scenes({ seed: -1 })).toThrow('seed: expected a whole number from 0, got -1');
    expect(() => scenes({ albedo: 2 })).toThrow('albedo: expected a finite number from 0 to 1, got 2');
    expect(() => scenes().read([-1])).toThrow('scenes: expected an index from 0, got -1');
  });
});
