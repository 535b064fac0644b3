import { resolve } from 'node:path';
import { Command } from 'commander';
import { monotonicSeconds, oneOf, wholeNumber } from '../../base/index.ts';
import { openDataset } from '../../data/index.ts';
import { openEngine } from '../../engine/index.ts';
import { type FeatureNetwork, trainFeatures } from '../../evaluation/index.ts';
import { readFeatures, stopOnSignals, writeFeatures } from '../../runs/index.ts';
import { Run } from '../../streams/index.ts';
import { type Console, printJson, warner } from '../console.ts';
import { numeric } from '../numbers.ts';
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

/** `weir features train` and `weir features show`: the networks through which scores see images. */
export function featuresCommand(console: Console): Command {
  const train = new Command('train')
    .summary('train a small feature network on a dataset')
    .requiredOption('--data <name>', 'dataset of images, see weir data list')
    .option('--out <file>', 'where to keep it (default: features/<dataset>.safetensors)')
    .option(
      '--labels <kind>',
      'classes, or rotations where there are none (default: classes where it has some)',
    )
    .option('--epochs <n>', 'passes over the images (default: 6)', numeric('--epochs'))
    .option('--images <n>', 'images to learn from (default: at most 10000)', numeric('--images'))
    .option('--seed <n>', 'seed of everything random', numeric('--seed'))
    .option('--engine <name>', 'auto, onnx, tensorflow, wasm or cpu', 'auto')
    .option('--json', 'print what was made as JSON')
    .option('--quiet', 'print nothing but errors')
    .action((options: TrainOptions) => trainTo(console, options));
  const show = new Command('show')
    .summary('show what a feature network is')
    .argument('<file>', 'file of weir features train')
    .option('--json', 'print it as JSON')
    .action(async (file: string, { json }: { json?: boolean }) =>
      tell(console, await readFeatures(file), file, json),
    );
  return new Command('features')
    .summary('train the feature networks that scores of images need')
    .addCommand(train)
    .addCommand(show);
}

async function trainTo(console: Console, options: TrainOptions): Promise<void> {
  const seed = wholeNumber('--seed', options.seed ?? 1);
  const labels =
    options.labels === undefined ? undefined : oneOf('--labels', options.labels, ['classes', 'rotations']);
  if (options.out !== undefined) endingOf(options.out, ['.safetensors']);
  const dataset = await openDataset(options.data, { seed, warn: warner(console, options) });
  const { engine } = await openEngine(options.engine, { warn: warner(console, options) });
  const run = new Run();
  const forget = stopOnSignals(run, (text) => console.stderr.write(`${text}\n`));
  try {
    const { epochs, images, quiet } = options;
    const network = await trainFeatures(dataset, engine, {
      seed,
      run,
      ...(epochs !== undefined && { epochs }),
      ...(images !== undefined && { images }),
      ...(labels !== undefined && { labels }),
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
