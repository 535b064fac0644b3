import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { largestDifference } from '../../src/export/difference.ts';
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

describe('the largest difference', () => {
  it('is absolute for small numbers and relative for large ones', () => {
    expect(largestDifference(Value.of([0, 0.5, 1]), Value.of([0, 0.25, 1]))).toBe(0.25);
    expect(largestDifference(Value.of([1, 1000]), Value.of([1, 1010]))).toBeCloseTo(0.01, 6);
  });

  it('is infinite for no number, another shape or nothing', () => {
    const two = Value.of([1, 2]);
    for (const other of [Value.of([1, Number.NaN]), Value.of([1, 2], [2, 1]), undefined])
      expect(largestDifference(two, other)).toBe(Number.POSITIVE_INFINITY);
    expect(largestDifference(Value.of([Number.NaN]), Value.of([Number.NaN]))).toBe(Number.POSITIVE_INFINITY);
  });
});
