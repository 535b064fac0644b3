import { describe, expect, it } from 'vitest';
import { heldImages } from '../../src/data/held-images.ts';
import { augmented, openDataset, plainData, ring8, scenes, shapes, shuffled } from '../../src/data/index.ts';
import { warpPicture } from '../../src/data/warp-picture.ts';

const still = { mirrored: false, degrees: 0, down: 0, right: 0 };
const warped = (
  picture: readonly number[],
  shape: readonly [number, number, number],
  warp: Partial<typeof still>,
) => {
  const out = new Float32Array(picture.length);
  warpPicture(Float32Array.from(picture), out, shape, { ...still, ...warp });
  return [...out];
};

describe('warpPicture', () => {
  // prettier-ignore
  const picture = [1, 2, 3, 4, 5, 6, 7, 8, 9];

  it('mirrors, shifts and rotates as known pictures say', () => {
    const shape = [3, 3, 1] as const;
    expect(warped(picture, shape, {})).toEqual(picture);
    expect(warped(picture, shape, { mirrored: true })).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7]);
    expect(warped(picture, shape, { down: 1 })).toEqual([1, 2, 3, 1, 2, 3, 4, 5, 6]);
    expect(warped(picture, shape, { right: -1 })).toEqual([2, 3, 3, 5, 6, 6, 8, 9, 9]);
    const quarter = warped(picture, shape, { degrees: 90 });
    expect(quarter.map((value) => Math.round(value * 1e5) / 1e5)).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7]);
    expect(warped(picture, shape, { mirrored: true, right: 1 })).toEqual([3, 3, 2, 6, 6, 5, 9, 9, 8]);
  });

  it('keeps the channels together, and interpolates between pixels', () => {
    expect(warped([1, 10, 2, 20], [1, 2, 2], { mirrored: true })).toEqual([2, 20, 1, 10]);
    const [, , , , middle, right] = warped([0, 0, 0, 0, 0, 8, 0, 0, 0], [3, 3, 1], { degrees: 45 });
    expect(middle).toBe(0);
    // The pixel to the right comes from (cos 45, sin 45) off the centre: shares (.2929, .7071).
    expect(right).toBeCloseTo(8 * Math.SQRT1_2 * (1 - Math.SQRT1_2), 5);
  });
});

const plain = heldImages({ name: 'a', shape: [2, 2, 1], pixels: Uint8Array.from([0, 51, 102, 255]) });
const times = Array.from({ length: 400 }, (_, i) => i);
const readings = (data: typeof plain) =>
  times.map((position) =>
    [...data.read([0], [position]).examples.data].map((value) => Math.round((value + 1) * 127.5)),
  );

describe('augmented', () => {
  it('is another image at each position, the same at the same one', () => {
    const data = augmented(plain, { flip: true, crop: 1, brightness: 0.2 }, { seed: 3 });
    expect(new Set(readings(data).map(String)).size).toBeGreaterThan(200);
    expect(readings(augmented(plain, { flip: true, crop: 1, brightness: 0.2 }, { seed: 3 }))).toEqual(
      readings(data),
    );
    expect(readings(augmented(plain, { flip: true, crop: 1, brightness: 0.2 }, { seed: 4 }))).not.toEqual(
      readings(data),
    );
    expect(data).toMatchObject({ name: 'a,flip,crop=1,brightness=0.2', size: 1, shape: [2, 2, 1] });
    expect(data.fingerprint).not.toBe(plain.fingerprint);
    expect(plainData(data)).toBe(plain);
    expect(plainData(plain)).toBe(plain);
  });

  it('flips half of them, and crops by each shift alike', () => {
    const flipped = readings(augmented(plain, { flip: true })).filter(([first]) => first === 51).length;
    expect(flipped).toBeGreaterThan(160);
    expect(flipped).toBeLessThan(240);
    const shifts = new Map<string, number>();
    for (const image of readings(augmented(plain, { crop: 1 })))
      shifts.set(String(image), (shifts.get(String(image)) ?? 0) + 1);
    expect(shifts.size).toBe(9);
    expect(Math.min(...shifts.values())).toBeGreaterThan(20);
  });

  it('multiplies levels by a factor, and their distance to the mean by another', () => {
    const factors = readings(augmented(plain, { brightness: 0.5 })).map(([, low, high]) => [
      low! / 51,
      high! / 102,
    ]);
    for (const [low, high] of factors) expect(Math.abs(low! - high!)).toBeLessThan(0.02);
    expect(Math.min(...factors.flat())).toBeLessThan(0.55);
    expect(Math.max(...factors.flat())).toBeGreaterThan(1.4);
    const stretched = readings(augmented(plain, { contrast: 0.4 }));
    for (const [, low, high] of stretched) {
      // The mean is 102.
      expect(Math.abs(high! - 102)).toBeLessThanOrEqual(1);
      expect(low!).toBeGreaterThanOrEqual(102 - 51 * 1.4 - 1);
    }
    for (const image of readings(augmented(plain, { brightness: 1, contrast: 1 })))
      for (const level of image) expect(level).toBeLessThanOrEqual(255);
  });

  it('differs between epochs, and goes on at any batch as if it had not stopped', () => {
    const data = augmented(plain, { brightness: 0.5 }, { seed: 2 });
    const from = (start: number) => shuffled(data, { size: 1, seed: 2, start })[Symbol.iterator]();
    const whole = from(0);
    const all = Array.from({ length: 6 }, () => String(whole.next().value!.batch.examples.data));
    expect(new Set(all)).toHaveLength(6);
    expect(String(from(4).next().value!.batch.examples.data)).toBe(all[4]);
  });

  it('keeps labels, captions and tokens', () => {
    const data = augmented(shapes({ side: 16 }), { flip: true });
    const [own, source] = [data.read([3, 4]), shapes({ side: 16 }).read([3, 4])];
    expect(own.labels).toEqual(source.labels);
    expect(own.parts).toEqual(source.parts);
    expect(own.examples.shape).toEqual([2, 16, 16, 3]);
  });

  it.each([
    [{ rotate: 181 }, 'rotate: expected a finite number from 0 to 180, got 181'],
    [{ crop: 2 }, 'crop: expected a whole number from 0 to 1, got 2'],
    [{ brightness: 2 }, 'brightness: expected a finite number from 0 to 1, got 2'],
    [{ contrast: -1 }, 'contrast: expected a finite number from 0 to 1, got -1'],
  ])('refuses %j', (augmentation, message) => {
    expect(() => augmented(plain, augmentation)).toThrow(message);
  });

  it('refuses points, and images with parts that would not follow', () => {
    expect(() => augmented(ring8(), { flip: true })).toThrow(
      'augmentation: expected images, got ring8, which is points',
    );
    expect(() => augmented(scenes(), { flip: true })).toThrow('got scenes with normals, mask');
  });

  it('is opened by the options behind a name, but not for the test part', async () => {
    const options = { seed: 7 };
    expect((await openDataset('shapes:16,flip,crop=2', options)).name).toBe('shapes:16,flip,crop=2');
    const test = await openDataset('shapes:16,held-out,flip', { ...options, split: 'test' });
    expect(test.name).toBe('shapes:16,held-out');
    await expect(openDataset('shapes:16,crop')).rejects.toThrow(
      'data: expected crop=VALUE, got "crop" without a value in "shapes:16,crop"',
    );
  });
});
