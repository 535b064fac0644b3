import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { readImage } from '../../src/data/index.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

describe('readImage', () => {
  it('reads a picture as numbers from -1 to 1', async () => {
    const png = new PNG({ width: 2, height: 1 });
    png.data.set([0, 255, 51, 255, 255, 0, 204, 255]);
    const file = join(root, 'two.png');
    writeFileSync(file, PNG.sync.write(png));
    const { shape, data } = await readImage(file);
    expect(shape).toEqual([1, 2, 3]);
    for (const [i, level] of [-1, 1, -0.6, 1, -1, 0.6].entries()) expect(data[i]).toBeCloseTo(level, 6);
  });

  it('refuses what is not there, and what is no picture', async () => {
    await expect(readImage(join(root, 'none.png'))).rejects.toMatchObject({ name: 'DataMissingError' });
    const file = join(root, 'text.png');
    writeFileSync(file, 'no picture');
    await expect(readImage(file)).rejects.toThrow('text.png');
  });
});
