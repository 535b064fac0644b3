// Writes docs/errors.md from what the command line refuses, and shows the seconds to exit and the
// exit code of each: npm run errors-page
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '../test/support/built.ts';
import { errorsPage, furnish, refusals } from '../test/support/refusals.ts';

const root = mkdtempSync(join(tmpdir(), 'weir-errors-'));
const folder = join(root, 'here');
mkdirSync(folder);
try {
  const entry = await buildProgram(root);
  const unlock = await furnish(entry, folder);
  const found = await refusals(entry, folder, ({ command, ending }) =>
    console.info(`${ending.seconds.toFixed(2)}  ${ending.code}  ${command}`),
  );
  unlock();
  writeFileSync(new URL('../docs/errors.md', import.meta.url), errorsPage(found));
  const seconds = found.map(({ ending }) => ending.seconds).sort((a, b) => a - b);
  const [median, longest] = [seconds[seconds.length >> 1]!, seconds.at(-1)!];
  console.info(
    `${found.length} refusals; seconds to exit: median ${median.toFixed(2)}, longest ${longest.toFixed(2)}`,
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}
