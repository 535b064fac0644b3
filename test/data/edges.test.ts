import { describe, expect, it } from 'vitest';
import { heldImages } from '../../src/data/held-images.ts';
import { edges, openDataset } from '../../src/data/index.ts';

/** One grey image of rows of digits, each digit the level in tenths of white. */
const drawn = (...rows: readonly string[]) => {
  const pixels = Uint8Array.from(rows.join(''), (digit) => Math.round(Number(digit) * 25.5));
  return heldImages({ name: 'drawn', shape: [rows.length, rows[0]!.length, 1], pixels });
};
const edgesOf = (image: ReturnType<typeof drawn>, threshold?: number) => {
  const { parts } = edges(image, threshold === undefined ? {} : { threshold }).read([0]);
  const [, height = 0, width = 0] = parts!.source!.shape;
  const marks = Array.from(parts!.source!.data, (value) => (value === 1 ? '#' : '.'));
  return Array.from({ length: height }, (_, y) => marks.slice(y * width, (y + 1) * width).join(''));
};

describe('edges', () => {
  it('marks one pixel across a step, upright, level and slanted', () => {
    expect(edgesOf(drawn('00000', '00000', '55555', '55555'))).toEqual(['.....', '#####', '.....', '.....']);
    expect(edgesOf(drawn('00888', '00888', '00888'))).toEqual(['.#...', '.#...', '.#...']);
    const slanted = edgesOf(drawn('900000', '990000', '999000', '999900', '999990', '999999'));
    expect(slanted.slice(1, 5)).toEqual(['.##...', '..##..', '...##.', '....##']);
  });

  it('marks no even slope that is less steep than the threshold', () => {
    // A tenth of white is 0.2 in [-1, 1].
    const slope = drawn('01234', '01234', '01234');
    expect(edgesOf(slope).join('')).not.toContain('#');
    expect(edgesOf(slope, 0.19).join('')).toContain('#');
    expect(edgesOf(drawn('777', '777'), 0)).toEqual(['...', '...']);
  });

  it('takes the mean of the channels, and keeps what the images have', async () => {
    const turned = heldImages({
      name: 'turned',
      shape: [1, 4, 3],
      pixels: Uint8Array.from([90, 0, 0, 0, 90, 0, 0, 0, 90, 30, 30, 30]),
    });
    expect(edgesOf(turned, 0.01)).toEqual(['....']);
    const scenes = await openDataset('edges:scenes:16', { seed: 3 });
    const { parts, labels } = scenes.read([5, 9]);
    expect(scenes).toMatchObject({
      name: 'edges:scenes:16',
      shape: [16, 16, 3],
      parts: { source: [16, 16, 1] },
    });
    expect(parts!.normals!.shape).toEqual([2, 16, 16, 3]);
    expect(labels).toEqual((await openDataset('scenes:16', { seed: 3 })).read([5, 9]).labels);
    expect(scenes.fingerprint).not.toBe((await openDataset('scenes:16', { seed: 3 })).fingerprint);
  });

  it('refuses points, a threshold below 0 and a name without images', async () => {
    await expect(openDataset('edges:ring8')).rejects.toThrow(
      'edges: expected images, got ring8, which is points',
    );
    expect(() => edges(drawn('01'), { threshold: -1 })).toThrow(
      'threshold: expected a finite number from 0, got -1',
    );
    await expect(openDataset('edges:')).rejects.toThrow('data: expected one of');
  });
});
