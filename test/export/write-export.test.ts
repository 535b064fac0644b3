import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ExportWriteError, writeExport } from '../../src/export/index.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

it('writes a file of an export with its folders, and names what cannot be written', () => {
  const path = join(root, 'a', 'b', 'file');
  writeExport(path, 'first');
  writeExport(path, Uint8Array.of(1));
  expect(readFileSync(path)).toEqual(Buffer.from([1]));
  writeFileSync(join(root, 'file'), '');
  expect(() => writeExport(join(root, 'file', 'below'), '')).toThrow(ExportWriteError);
  expect(() => writeExport(join(root, 'file', 'below'), '')).toThrow(
    `export: expected a file that can be written, got ${join(root, 'file', 'below')} (EEXIST)`,
  );
});
