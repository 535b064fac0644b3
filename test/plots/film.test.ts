import { expect, it } from 'vitest';
import { binsOf } from '../../src/plots/film.ts';
import { animation, animationParts, filmStrip, Raster } from '../../src/plots/index.ts';

const frames = (count: number) => Array.from({ length: count }, (_, i) => new Raster(3, 2, [i * 10, 0, 0]));

it('writes a GIF with every picture, for so long each', () => {
  const gif = animation(frames(3), { seconds: 0.05 });
  expect(gif.subarray(0, 6).toString('latin1')).toBe('GIF89a');
  expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([3, 2]);
  // Graphic control extensions: 21 F9 04, flags, the delay in hundredths.
  const control = Buffer.from([0x21, 0xf9, 0x04]);
  const controls: number[] = [];
  for (let at = gif.indexOf(control); at >= 0; at = gif.indexOf(control, at + 1)) controls.push(at);
  expect(controls).toHaveLength(3);
  expect(controls.map((at) => gif.readUInt16LE(at + 4))).toEqual([5, 5, 5]);
  expect(gif.at(-1)).toBe(0x3b);
  expect(gif.includes('NETSCAPE2.0')).toBe(true);
});

it('gives the same file in parts, one for each picture', async () => {
  const parts: Uint8Array[] = [];
  async function* pictures() {
    for (const frame of frames(4)) {
      yield frame;
      // What came before is out by the time that the next one is asked for.
      expect(parts.length).toBeGreaterThan(0);
    }
  }
  for await (const part of animationParts(pictures(), { seconds: 0.05 })) parts.push(part);
  expect(parts).toHaveLength(5);
  expect(Buffer.concat(parts)).toEqual(animation(frames(4), { seconds: 0.05 }));
});

it('tells the colours of noise apart coarsely, since a palette takes time by their square', () => {
  const [noise, grey] = [new Raster(266, 266, [0, 0, 0]), new Raster(266, 266, [0, 0, 0])];
  for (let i = 0, x = 1; i < noise.rgb.length; i++) {
    x = (x * 48_271) % 2_147_483_647;
    noise.rgb[i] = (x >> 8) & 255;
  }
  for (let i = 0; i < grey.rgb.length; i++) grey.rgb[i] = noise.rgb[i - (i % 3)]!;
  expect([noise, grey, ...frames(1)].map(binsOf)).toEqual(['rgb444', 'rgb565', 'rgb565']);
  expect(animation([noise], { seconds: 1 }).at(-1)).toBe(0x3b);
});

it('has the colours of its pictures', () => {
  const [red, blue] = [new Raster(2, 2, [200, 16, 16]), new Raster(2, 2, [16, 16, 200])];
  // The first palette follows the header of 13 bytes.
  const first = (frame: Raster) => [...animation([frame], { seconds: 1 }).subarray(13, 16)];
  expect(first(red)[0]).toBeGreaterThan(180);
  expect(first(red)[2]).toBeLessThan(40);
  expect(first(blue)[2]).toBeGreaterThan(180);
});

it('lays pictures side by side, from the first to the last', () => {
  const strip = filmStrip(frames(21), 5);
  expect([strip.width, strip.height]).toEqual([4 * 7 + 4, 2 * 6 + 4]);
  const red = (x: number, y: number) => strip.rgb[(y * strip.width + x) * 3];
  expect([0, 1, 2, 3].map((column) => red(4 + column * 7, 4))).toEqual([0, 50, 100, 150]);
  expect(red(4, 10)).toBe(200);
  expect(filmStrip(frames(1)).width).toBe(11);
});

it('refuses none, and pictures of different size', () => {
  expect(() => animation([], { seconds: 1 })).toThrow(
    new RangeError('animation: expected at least one picture, got none'),
  );
  expect(() => filmStrip([new Raster(1, 1), new Raster(2, 1)])).toThrow(
    'filmStrip: expected pictures of 1 x 1, got one of 2 x 1',
  );
  expect(() => animation(frames(1), { seconds: 0 })).toThrow(
    'animation: seconds: expected a finite number above 0, got 0',
  );
});
