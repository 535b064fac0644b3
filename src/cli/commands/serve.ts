import { statSync } from 'node:fs';
import { onStopSignals, show } from '../../base/index.ts';
import { serve } from '../../server/index.ts';
import type { Console } from '../console.ts';
import { addressOf, type Serving } from '../serving.ts';

/** `weir serve <dir>`: the page of runs that have ended, or go on in other processes. */
export async function serveRuns(console: Console, path: string, options: Serving): Promise<void> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new RangeError(`<dir>: expected a run directory or a folder of them, got ${show(path)}`);
  const warn = (message: string) => console.stderr.write(`weir: ${message}\n`);
  const served = await serve({ directory: path, ...addressOf(options), warn });
  // A reader that takes the address and leaves does not end the server.
  console.stdout.onLost?.(() => {});
  console.stdout.write(`${served.url}\n`);
  console.stderr.write('weir: Ctrl-C ends it\n');
  await new Promise<void>((resolve) => {
    onStopSignals(() => resolve());
  });
  await served.close();
}
