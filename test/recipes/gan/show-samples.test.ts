import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { grid25, shapes, swissRoll } from '../../../src/data/index.ts';
import { isMixture, score, scoreText, writePicture } from '../../../src/recipes/index.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();
const read = (path: string) => PNG.sync.read(readFileSync(path));
const firsts = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('writePicture', () => {
  it('draws points as a scatter and images as a grid, in a folder that it makes', () => {
    const points = join(root, 'a', 'points.png');
    writePicture(points, swissRoll().read(firsts(10)).examples, swissRoll());
    expect(read(points).width).toBe(640);
    const images = join(root, 'b', 'images.png');
    const dataset = shapes({ side: 16 });
    writePicture(images, dataset.read(firsts(4)).examples, dataset);
    expect(read(images).width).toBe(2 * 50 + 2);
  });
});

describe('score', () => {
  it('counts modes where they are known', () => {
    expect(isMixture(grid25())).toBe(true);
    const quality = score(grid25().read(firsts(2000)).examples, grid25())!;
    expect(quality).toMatchObject({ modes: 25, centres: 25 });
    expect(quality.highQuality).toBeGreaterThan(0.97);
  });

  it('has nothing to say where they are not', () => {
    expect(score(swissRoll().read(firsts(9)).examples, swissRoll())).toBeUndefined();
  });
});

it('scoreText never rounds up', () => {
  expect(scoreText({ modes: 25, centres: 25, highQuality: 0.9399, reverseKl: 0 })).toBe(
    '25/25 modes, 93 % high quality',
  );
});
