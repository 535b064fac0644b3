import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { writePath } from '../../src/recipes/write-path.ts';
import { scratchFolder } from '../support/weir.ts';

it('draws a way into a folder that it makes', () => {
  const path = join(scratchFolder(), 'made', 'way.png');
  writePath(path, Value.of([0, 0, 1, 1, 2, 0], [3, 2]));
  expect(PNG.sync.read(readFileSync(path)).width).toBeGreaterThan(100);
});
