import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openAppendFile } from '../../../src/runs/directory/append-file.ts';
import { scratchFolder } from '../../support/weir.ts';

it('openAppendFile appends, reads, cuts and syncs', async () => {
  const path = join(scratchFolder(), 'file');
  const file = openAppendFile(path);
  expect(file.append(Buffer.from('one'))).toBe(3);
  expect(file.append(Buffer.from('two'))).toBe(3);
  expect(file.size()).toBe(6);
  expect(Buffer.from(file.read(2, 2)).toString()).toBe('et');
  expect(file.read(5, 9)).toHaveLength(1);
  file.truncate(4);
  expect(file.append(Buffer.from('!'))).toBe(1);
  await file.sync();
  file.close();
  expect(readFileSync(path, 'utf8')).toBe('onet!');
  expect(() => file.size()).toThrow('EBADF');
});
