import { Command } from 'commander';
import { monotonicSeconds } from '../../base/index.ts';
import { catalogue, type DownloadProgress, fetchDataset } from '../../data/index.ts';
import { type Console, printJson, table } from '../console.ts';

/** `weir data list` and `weir data fetch <name>`. */
export function dataCommand(console: Console): Command {
  const list = new Command('list')
    .summary('list the datasets that --data takes')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) => {
      if (json) return printJson(console, catalogue);
      console.stdout.write(table(catalogue.map(({ spec, about }) => [spec, about])));
    });
  const fetch = new Command('fetch')
    .summary('download a public dataset, check it and unpack it')
    .argument('<name>', 'mnist, fashion-mnist or cifar10')
    .option('--folder <dir>', 'where datasets are kept (default: $WEIR_DATA, else ~/.cache/weir)')
    .option('--mirror <url>', 'take the files from this address or folder, not from the public mirrors')
    .option('--quiet', 'print nothing but errors')
    .action((name: string, options: FetchCommandOptions) => fetchTo(console, name, options));
  return new Command('data').summary('list or download datasets').addCommand(list).addCommand(fetch);
}

interface FetchCommandOptions {
  readonly folder?: string;
  readonly mirror?: string;
  readonly quiet?: boolean;
}

async function fetchTo(console: Console, name: string, options: FetchCommandOptions): Promise<void> {
  const { folder, mirror, quiet = false } = options;
  const stopped = new AbortController();
  const stop = () => stopped.abort(new Error('stopped; what has arrived is kept for the next time'));
  process.once('SIGINT', stop);
  try {
    const onProgress = quiet ? undefined : showProgress(console);
    const path = await fetchDataset(name, { folder, mirror, onProgress, signal: stopped.signal });
    if (!quiet) console.stdout.write(`${path}\n`);
  } finally {
    process.off('SIGINT', stop);
  }
}

/** A line a second at most, and one at the end of each file. */
function showProgress(console: Console): (progress: DownloadProgress) => void {
  let shown = -Infinity;
  return ({ file, bytes, total }) => {
    const now = monotonicSeconds();
    if (now - shown < 1 && bytes < total) return;
    shown = now;
    const megabytes = (count: number) => (count / 1e6).toFixed(1);
    console.stderr.write(`${file}: ${megabytes(bytes)} of ${megabytes(total)} MB\n`);
  };
}
