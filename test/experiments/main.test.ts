import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');

/** What `npm run experiment` starts, in a process of its own. */
const experiment = (...args: string[]) =>
  promisify(execFile)(
    process.execPath,
    [join(project, 'node_modules/tsx/dist/cli.mjs'), join(project, 'experiments/main.ts'), ...args],
    { cwd: project },
  ).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );

describe('npm run experiment', () => {
  it('lists every experiment with its usage and what it shows', async () => {
    const { code, stdout } = await experiment();
    const [, ...listed] = stdout.trim().split(/\n+(?=\S)/);
    const files = readdirSync(join(project, 'experiments')).filter((file) => file !== 'main.ts');
    expect(code).toBe(0);
    expect(listed.map((entry: string) => `${entry.split(/\s/)[0]}.ts`)).toEqual(files.sort());
    for (const entry of listed) expect(entry).toMatch(/^\S+( .*)?\n {4}[A-Z].*\.$/);
  });

  it('starts the one that is named, with its arguments', async () => {
    const { code, stdout } = await experiment('mountain-car-bound', '11', '11', '1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^lookahead: .* 1 episodes\npushWhereItMoves: .* 1 episodes\n$/);
  });

  it('refuses another name and says which one may have been meant', async () => {
    const { code, stdout, stderr } = await experiment('lipshitz');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^NAME: expected one of .*, got "lipshitz"; did you mean lipschitz\?\n$/);
  });
});
