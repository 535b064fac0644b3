import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { Raster } from '../../src/plots/index.ts';
import { writePng } from '../../src/plots/write-png.ts';
import { scratchFolder } from '../support/weir.ts';

it('makes the folder and writes the picture', () => {
  const path = join(scratchFolder(), 'deep', 'red.png');
  writePng(path, new Raster(2, 1, [200, 0, 0]));
  const { width, height, data } = PNG.sync.read(readFileSync(path));
  expect([width, height, ...data]).toEqual([2, 1, 200, 0, 0, 255, 200, 0, 0, 255]);
});
