import { given, monotonicSeconds, onStopSignals } from '../../base/index.ts';
import {
  type Dataset,
  type DownloadProgress,
  datasetCatalogue,
  fetchDataset,
  openDataset,
} from '../../data/index.ts';
import { type Console, printJson, table, warner } from '../console.ts';

interface Printing {
  readonly json?: boolean;
}

/** `weir data list`: the datasets that `--data` takes. */
export function listDatasets(console: Console, { json }: Printing): void {
  if (json) {
    printJson(console, datasetCatalogue);
    return;
  }
  console.stdout.write(table(datasetCatalogue.map(({ spec, about }) => [spec, about])));
}

/** `weir data show <data>`: what is in a dataset, and what is left out. */
export async function showDataset(console: Console, name: string, { json }: Printing): Promise<void> {
  const contents = contentsOf(await openDataset(name, { warn: warner(console) }));
  if (json) return printJson(console, contents);
  const { classes, ...rest } = contents;
  const counts = classes?.map(({ name, examples }) => `${name} (${examples})`).join(', ');
  const rows = Object.entries({ ...rest, ...given({ classes: counts }) });
  console.stdout.write(table(rows.map(([key, value]) => [key, String(value)])));
}

/** What a dataset holds; of one that never ends, no counts. */
function contentsOf(dataset: Dataset) {
  const { name, kind, size, shape, classes, parts, fingerprint, read } = dataset;
  const endless = size === Infinity;
  const counts = new Array<number>(classes?.length ?? 0).fill(0);
  if (!endless && classes !== undefined)
    for (let start = 0; start < size; start += 256) {
      const indices = Array.from({ length: Math.min(256, size - start) }, (_, i) => start + i);
      const known = dataset.labelOf && indices.map((index) => dataset.labelOf!(index));
      for (const label of known ?? read(indices).labels!.data) counts[label]!++;
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

/** `weir data fetch <name>`: downloads a public dataset, checks it and unpacks it. */
export async function fetchNamed(
  console: Console,
  name: string,
  options: FetchCommandOptions,
): Promise<void> {
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
