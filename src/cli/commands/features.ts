import { resolve } from 'node:path';
import { given, monotonicSeconds, oneOf, stopOnSignals, wholeNumber } from '../../base/index.ts';
import { openDataset } from '../../data/index.ts';
import { openEngine } from '../../engine/index.ts';
import { type FeatureNetwork, trainFeatures } from '../../evaluation/index.ts';
import { readFeatures, writeFeatures } from '../../runs/index.ts';
import { Run } from '../../streams/index.ts';
import { type Console, printJson, warner } from '../console.ts';
import { endingOf } from '../output-file.ts';

interface TrainOptions {
  readonly data: string;
  readonly out?: string;
  readonly labels?: string;
  readonly epochs?: number;
  readonly images?: number;
  readonly seed?: number;
  readonly engine: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `weir features train`: trains the network through which scores see images. */
export async function trainFeaturesTo(console: Console, options: TrainOptions): Promise<void> {
  const seed = wholeNumber('--seed', options.seed ?? 1);
  const labels =
    options.labels === undefined ? undefined : oneOf('--labels', options.labels, ['classes', 'rotations']);
  if (options.out !== undefined) endingOf(options.out, ['.safetensors']);
  const dataset = await openDataset(options.data, { seed, warn: warner(console, options) });
  const { engine } = await openEngine(options.engine, { warn: warner(console, options) });
  const run = new Run();
  const forget = stopOnSignals(run, (text) => console.stderr.write(`\nweir: ${text}\n`));
  try {
    const { epochs, images, quiet } = options;
    const network = await trainFeatures(dataset, engine, {
      seed,
      run,
      ...given({ epochs, images, labels }),
      ...(!quiet && { onStep: showSteps(console) }),
    });
    if (run.stopping.aborted) return;
    const file = options.out ?? `features/${fileNameOf(options.data)}.safetensors`;
    await writeFeatures(file, network);
    if (!quiet) tell(console, network, file, options.json);
  } finally {
    forget();
  }
}

/** `weir features show <file>`: what such a network is. */
export async function showFeatures(
  console: Console,
  file: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  tell(console, await readFeatures(file), file, json);
}

/** `idx:data/fashion-mnist` as `fashion-mnist`. */
function fileNameOf(data: string): string {
  return data
    .replace(/^[^:]*:/, '')
    .replace(/,.*$/, '')
    .replace(/\/+$/, '')
    .split('/')
    .at(-1)!;
}

/** A line a second at most. */
function showSteps(console: Console) {
  let shown = monotonicSeconds();
  return ({ index, values }: { index: number; values: Readonly<Record<string, number>> }, steps: number) => {
    if (monotonicSeconds() - shown < 1) return;
    shown = monotonicSeconds();
    const { loss = 0, classAccuracy = 0 } = values;
    console.stderr.write(
      `features: step ${index + 1} of ${steps}, loss ${loss.toFixed(3)}, ${Math.floor(classAccuracy * 100)} % of the batch right\n`,
    );
  };
}

function tell(console: Console, network: FeatureNetwork, file: string, json = false): void {
  const { weights: _, ...about } = network;
  if (json) {
    printJson(console, { file: resolve(file), ...about });
    return;
  }
  const { data, labels, classes, accuracy, hash } = about;
  console.stdout.write(
    `${resolve(file)}\n${classes} ${labels} of ${data}, ${(100 * accuracy).toFixed(1)} % of held-out images right\nhash ${hash}\n`,
  );
}
