import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { has, run } from '../support/programs.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const terminal = join(import.meta.dirname, '../support/closing-terminal.py');
const source = JSON.stringify(join(import.meta.dirname, '../../src/cli/leave-terminal.ts'));

it.skipIf(!has('python3'))('lets a process whose terminal has gone exit with its own code', async () => {
  const script = join(root, 'script.mts');
  const marker = join(root, 'ended');
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs';
      import { leaveTerminal } from ${source};
      leaveTerminal();
      process.on('SIGHUP', () => setTimeout(() => process.exit(7), 100));
      process.on('exit', () => writeFileSync(${JSON.stringify(marker)}, 'in order'));
      setInterval(() => {}, 1000);
      process.stdout.write('ready');`,
  );
  const { code } = await run('python3', [terminal, 'ready', process.execPath, '--import', 'tsx', script]);
  expect(code).toBe(7);
  expect(readFileSync(marker, 'utf8')).toBe('in order');
});
