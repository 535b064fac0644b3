import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pagesWithScripts, writeScripts } from './support/page-scripts.ts';
import { scratchFolder } from './support/weir.ts';

const project = join(import.meta.dirname, '..');
const root = scratchFolder();
const pages = pagesWithScripts();

/** `test/faults/docs-scripts.test.ts` runs them. */
describe('the scripts that pages of docs/ print', () => {
  it('are there for every page of docs/extending', () => {
    const extending = readdirSync(join(project, 'docs/extending')).map((name) => name.replace('.md', ''));
    const printed = pages.map(({ name }) => name);
    expect(extending.filter((name) => !printed.includes(`extending/${name}`))).toEqual([]);
  });

  it('pass the compiler', async () => {
    const files = pages.flatMap(({ name, files }) =>
      [...files].map(([file, code]) => [join(name, file), code] as const),
    );
    writeScripts(root, new Map(files));
    const compiler = join(project, 'node_modules/typescript/bin/tsc');
    const found = await promisify(execFile)(process.execPath, [compiler, '-p', root]).then(
      () => '',
      ({ stdout }) => stdout,
    );
    expect(found).toBe('');
  });
});
