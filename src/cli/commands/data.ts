import { Command } from 'commander';
import { monotonicSeconds } from '../../base/index.ts';
import {
  type Dataset,
  type DownloadProgress,
  datasetCatalogue,
  fetchDataset,
  openDataset,
} from '../../data/index.ts';
import { onStopSignals } from '../../runs/index.ts';
import { type Console, printJson, table, warner } from '../console.ts';

/** `weir data list`, `weir data show <data>` and `weir data fetch <name>`. */
export function dataCommand(console: Console): Command {
  const list = new Command('list')
    .summary('list the datasets that --data takes')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) => {
      if (json) return printJson(console, datasetCatalogue);
      console.stdout.write(table(datasetCatalogue.map(({ spec, about }) => [spec, about])));
    });
  const fetch = new Command('fetch')
    .summary('download a public dataset, check it and unpack it')
    .argument('<name>', 'mnist, fashion-mnist or cifar10')
    .option('--folder <dir>', 'where datasets are kept (default: $WEIR_DATA, else ~/.cache/weir)')
    .option('--mirror <url>', 'take the files from this address or folder, not from the public mirrors')
    .option('--quiet', 'print nothing but errors')
    .action((name: string, options: FetchCommandOptions) => fetchTo(console, name, options));
  const show = new Command('show')
    .summary('open a dataset and show what is in it and what is left out')
    .argument('<data>', 'what --data takes')
    .option('--json', 'print it as JSON')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const contents = contentsOf(await openDataset(name, { warn: warner(console) }));
      if (json) return printJson(console, contents);
      const { classes, ...rest } = contents;
      const counts = classes?.map(({ name, examples }) => `${name} (${examples})`).join(', ');
      const rows = Object.entries({ ...rest, ...(counts !== undefined && { classes: counts }) });
      console.stdout.write(table(rows.map(([key, value]) => [key, String(value)])));
    });
  return new Command('data')
    .summary('list, show or download datasets')
    .addCommand(list)
    .addCommand(show)
    .addCommand(fetch);
}

/** What a dataset holds; of one that never ends, no counts. */
function contentsOf({ name, kind, size, shape, classes, parts, fingerprint, read }: Dataset) {
  const endless = size === Infinity;
  const counts = new Array<number>(classes?.length ?? 0).fill(0);
  if (!endless && classes !== undefined)
    for (let start = 0; start < size; start += 256) {
      const indices = Array.from({ length: Math.min(256, size - start) }, (_, i) => start + i);
      for (const label of read(indices).labels!.data) counts[label]!++;
    }
  return {
    name,
    kind,
    examples: endless ? 'endless' : size,
    shape: shape.join(' x '),
    ...(classes && {
      classes: classes.map((name, label) => ({ name, examples: endless ? 'endless' : counts[label]! })),
    }),
    ...(parts && {
      parts: Object.entries(parts)
        .map(([part, own]) => `${part} (${own.join(' x ')})`)
        .join(', '),
    }),
    fingerprint,
  };
}

interface FetchCommandOptions {
  readonly folder?: string;
  readonly mirror?: string;
  readonly quiet?: boolean;
}

async function fetchTo(console: Console, name: string, options: FetchCommandOptions): Promise<void> {
  const { folder, mirror, quiet = false } = options;
  const stopped = new AbortController();
  const forget = onStopSignals(() => stopped.abort());
  try {
    const onProgress = quiet ? undefined : showProgress(console);
    const path = await fetchDataset(name, { folder, mirror, onProgress, signal: stopped.signal });
    if (!quiet) console.stdout.write(`${path}\n`);
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    if (!quiet) console.stderr.write('weir: stopped; what has arrived is kept for the next time\n');
  } finally {
    forget();
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
