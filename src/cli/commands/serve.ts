import { statSync } from 'node:fs';
import { Command } from 'commander';
import { show } from '../../base/index.ts';
import { onStopSignals } from '../../runs/index.ts';
import { serve } from '../../server/index.ts';
import type { Console } from '../console.ts';
import { addressOf, addressOptions, type Serving } from '../serving.ts';

/** `weir serve <dir>`: the page of runs that have ended, or go on in other processes. */
export function serveCommand(console: Console): Command {
  const command = new Command('serve')
    .summary('show runs in a browser, finished or running')
    .argument('<dir>', 'a run directory, or a folder of them');
  return addressOptions(command).action((path: string, options: Serving) => open(console, path, options));
}

async function open(console: Console, path: string, options: Serving): Promise<void> {
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
