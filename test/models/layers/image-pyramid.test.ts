import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, Value } from '../../../src/engine/index.ts';
import { bandGenerator, imagePyramid, rebuiltImages, upsampled } from '../../../src/models/index.ts';
import { both, bothNames, compute, noise } from '../support.ts';

const eighths = (numbers: readonly number[]) => numbers.map((x) => x / 8);
const x = Value.of(eighths([1, 3, 5, 7, 3, 5, 7, 9, 1, 1, 2, 2, 1, 1, 2, 2]), [1, 4, 4, 1]);
const nearest = (images: Parameters<typeof upsampled>[0], side: number) =>
  upsampled(images, side / images.shape[1]!);

describe.each(bothNames)('an image pyramid on %s', (name) => {
  it('is the coarse image and what its enlargement lacks, and gives the image back to the bit', () => {
    const { coarsest, band, back } = compute(
      { x },
      ({ x }) => {
        const pyramid = imagePyramid(x, 1, nearest);
        return { coarsest: pyramid.coarsest, band: pyramid.bands[0]!, back: rebuiltImages(pyramid, nearest) };
      },
      both[name],
    );
    expect(Array.from(coarsest.data)).toEqual(eighths([3, 7, 1, 2]));
    expect(Array.from(band.data)).toEqual(eighths([-2, 0, -2, 0, 0, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]));
    expect(back).toEqual(x);
  });

  it('gives random images back by bilinear enlargement, with rounding of one operation', () => {
    const images = noise('images', [3, 16, 16, 2]);
    const { back, sides } = compute(
      { images },
      ({ images }) => {
        const pyramid = imagePyramid(images, 2);
        return { back: rebuiltImages(pyramid), sides: pyramid.bands[0]! };
      },
      both[name],
    );
    expect(sides.shape).toEqual([3, 8, 8, 2]);
    const worst = Math.max(...images.data.map((pixel, i) => Math.abs(pixel - back.data[i]!)));
    expect(worst).toBeLessThan(1e-6);
  });
});

it('goes from a picture and one map of noise to a band, by 3x3 convolutions', () => {
  const generator = bandGenerator({ channels: 3, filters: 5, depth: 1 });
  const { shape, weights } = generator.init(keyOf(1), [16, 16, 3], { condition: 256 });
  expect(shape).toEqual([16, 16, 3]);
  const kernels = [...flattenTree(weights)].filter(([path]) => path.endsWith('kernel'));
  expect(kernels.map(([, { shape }]) => (shape as Value['shape']).join())).toEqual(['3,3,4,5', '3,3,5,3']);
  expect(() => bandGenerator({ channels: 0 })).toThrow(
    'bandGenerator: channels: expected a whole number from 1',
  );
});
