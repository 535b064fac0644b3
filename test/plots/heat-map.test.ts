import { expect, it } from 'vitest';
import { heatMap, type Raster } from '../../src/plots/index.ts';

const pixel = ({ rgb, width }: Raster, x: number, y: number) => [
  ...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

it('goes from dark to light, the first row on top', () => {
  const map = heatMap({ values: [0, 2, 4, Number.NaN], columns: 2 });
  expect([map.width, map.height]).toEqual([640, 640]);
  expect(pixel(map, 10, 10)).toEqual([38, 24, 92]);
  expect(pixel(map, 330, 10)).toEqual([50, 158, 142]);
  expect(pixel(map, 10, 330)).toEqual([250, 226, 64]);
  expect(pixel(map, 330, 330)).toEqual([150, 150, 150]);
});

it('draws a path from its ring to its disc', () => {
  const path = [
    [0.5, 0.5],
    [1.5, 0.5],
  ] as const;
  const map = heatMap({ values: [1, 1], columns: 2, path });
  const plain = pixel(heatMap({ values: [1, 1], columns: 2 }), 320, 160);
  expect(pixel(map, 320, 160)).not.toEqual(plain);
  expect(pixel(map, 480, 160)).toEqual([214, 72, 38]);
  expect(pixel(map, 166, 160)).not.toEqual(plain);
});

it('refuses rows that are not full', () => {
  expect(() => heatMap({ values: [1, 2, 3], columns: 2 })).toThrow(
    new RangeError('heatMap: expected full rows of 2 numbers, got 3 numbers'),
  );
});
