import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { csvTable, grid25, shapes, swissRoll } from '../../../src/data/index.ts';
import { samplePicture } from '../../../src/recipes/gan/show-samples.ts';
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

describe('samplePicture', () => {
  it('draws data of a few points, and images beside samples', async () => {
    const file = join(root, 'few.csv');
    writeFileSync(file, 'x,y\n0,0\n1,2\n');
    const few = await csvTable(file);
    expect(samplePicture(few.read([0, 1]).examples, few).width).toBe(640);
    const dataset = shapes({ side: 16 });
    const images = dataset.read(firsts(4)).examples;
    const alone = samplePicture(images, dataset);
    expect([alone.width, alone.height]).toEqual([102, 102]);
    const beside = samplePicture(images, dataset, { before: [images], after: [images] });
    expect([beside.width, beside.height]).not.toEqual([102, 102]);
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
