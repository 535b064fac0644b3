import { describe, expect, it } from 'vitest';
import { laplacianPyramid } from '../../src/evaluation/laplacian-pyramid.ts';

const plane = (side: number, at: (y: number, x: number) => number) => ({
  height: side,
  width: side,
  data: Float64Array.from({ length: side * side }, (_, i) => at(Math.floor(i / side), i % side)),
});

describe('laplacianPyramid', () => {
  it('halves down to the smallest side, or to an odd one', () => {
    const sides = (side: number, smallest: number) =>
      laplacianPyramid(
        plane(side, () => 0),
        smallest,
      ).map(({ height }) => height);
    expect(sides(64, 16)).toEqual([64, 32, 16]);
    expect(sides(28, 7)).toEqual([28, 14, 7]);
    expect(sides(28, 16)).toEqual([28]);
  });

  it('has nothing in fine levels of an even image, and its brightness in the last', () => {
    const [fine, middle, coarse] = laplacianPyramid(
      plane(32, () => 0.5),
      8,
    );
    for (const { data } of [fine!, middle!]) for (const value of data) expect(value).toBeCloseTo(0, 12);
    for (const value of coarse!.data) expect(value).toBeCloseTo(0.5, 12);
  });

  it('gives the value of one bright pixel by hand', () => {
    const [fine, coarse] = laplacianPyramid(
      plane(8, (y, x) => (y === 4 && x === 4 ? 1 : 0)),
      4,
    );
    // The coarse pixel has (6/16)^2; expanded with gain 2 along each axis it gives (12/16)^2 of
    // that in the middle, and its neighbours at distance 2 have (6/16)(1/16) and add (2/16)(12/16)
    // each, the corners (1/16)^2 by (2/16)^2.
    expect(coarse!.data[2 * 4 + 2]).toBeCloseTo(36 / 256, 12);
    const along = (6 / 16) * (12 / 16) + 2 * (1 / 16) * (2 / 16);
    expect(fine!.data[4 * 8 + 4]).toBeCloseTo(1 - along ** 2, 12);
  });
});
