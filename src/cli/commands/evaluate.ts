import { given, monotonicSeconds, wholeNumber, withCleanup } from '../../base/index.ts';
import { type Dataset, NoTestPartError, openDataset } from '../../data/index.ts';
import type { Engine } from '../../engine/index.ts';
import {
  type ClassifierTransfer,
  drawSamples,
  type Evaluator,
  type Memorisation,
  type ScoreName,
  type Scores,
  scoreTable,
} from '../../evaluation/index.ts';
import type { GanAssembly } from '../../recipes/index.ts';
import {
  type LoadedGan,
  loadRun,
  memorisationCheck,
  openEvaluator,
  type RunConfig,
  RunDirectory,
  transferCheck,
} from '../../runs/index.ts';
import { type Console, printJson, table, warner } from '../console.ts';
import { evaluateAgent } from '../evaluate-agent.ts';
import { scoresIn } from '../evaluating.ts';

interface Options {
  readonly metrics?: string;
  readonly samples?: number;
  readonly episodes?: number;
  readonly features?: string;
  readonly memorisation?: boolean;
  readonly transfer?: boolean;
  readonly checkpoint?: string;
  readonly seed?: number;
  readonly data?: string;
  readonly best?: boolean;
  readonly engine?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `weir evaluate <run-dir>`: scores of the newest checkpoint, beside those of real examples. */
export async function evaluateRun(console: Console, path: string, options: Options): Promise<void> {
  const seed = wholeNumber('--seed', options.seed ?? 0);
  const { engine, data, best = false, checkpoint } = options;
  // Refuses the run of a script, which none of what follows can score.
  new RunDirectory(path).config();
  const run = await loadRun(path, { best, engine, data, checkpoint, warn: warner(console) });
  await withCleanup(
    async () => {
      if (run.kind === 'gan') await evaluateGan(console, run, seed, { ...options, path });
      if (run.kind === 'agent') await evaluateAgent(console, run, { ...options, run: path });
    },
    () => run.close(),
  );
}

async function evaluateGan(
  console: Console,
  { config, assembly, engine, dataset }: LoadedGan,
  seed: number,
  { path, ...options }: Options & { readonly path: string },
): Promise<void> {
  if (options.episodes !== undefined)
    throw new RangeError(`--episodes: expected none for the run of a GAN, got ${options.episodes}`);
  const heldOut = options.memorisation
    ? await heldOutPart(options.data ?? config.data, config.seed)
    : undefined;
  const scores = options.metrics === undefined ? undefined : scoresIn(options.metrics);
  const features = options.features ?? config.evaluation?.features;
  const samples = options.samples ?? config.evaluation?.samples;
  const evaluator = await openEvaluator(given({ features, samples, scores }), dataset, engine);
  await withCleanup(
    async () => {
      const found = await scored(console, { evaluator, assembly, engine, heldOut }, seed, options);
      if (options.json) printJson(console, { run: path, data: config.data, ...found });
      else console.stdout.write(text(found, config));
    },
    () => evaluator.close(),
  );
}

/** The test part of a dataset. @throws RangeError where it has none */
async function heldOutPart(spec: string, seed: number): Promise<Dataset> {
  try {
    return await openDataset(spec, { seed, split: 'test' });
  } catch (cause) {
    if (!(cause instanceof NoTestPartError)) throw cause;
    throw new RangeError(`--memorisation: expected data with a test part, got ${spec}`, { cause });
  }
}

/** What was found, as `--json` prints it. */
interface Found {
  readonly index: number;
  readonly samples: number;
  readonly features: { readonly name: string; readonly hash: string };
  readonly scores: Scores;
  /** Of as many other real examples. */
  readonly floor: Scores;
  readonly memorisation?: Memorisation & { readonly examples: number };
  readonly transfer?: ClassifierTransfer;
  readonly seconds: number;
}

/** What a run is scored with. */
interface Scoring {
  readonly evaluator: Evaluator;
  readonly assembly: GanAssembly;
  readonly engine: Engine;
  /** The test part of the dataset, where memorised data is looked for. */
  readonly heldOut: Dataset | undefined;
}

async function scored(
  console: Console,
  { evaluator, assembly, engine, heldOut }: Scoring,
  seed: number,
  { quiet = false, transfer = false }: Options,
): Promise<Found> {
  const began = monotonicSeconds();
  const { trainer, learner, dataset: training } = assembly;
  const show = (what: string) => (done: number, total: number) =>
    quiet || console.stderr.write(`${what}: ${done} of ${total} scores\n`);
  // First, since it refuses what it cannot check.
  const transferred = transfer && {
    transfer: await transferCheck({
      trainer,
      dataset: training,
      features: evaluator.features,
      engine,
      seed,
      samples: Math.min(1000, evaluator.samples),
    }),
  };
  const drawn = await drawSamples((count, part) => trainer.sample(count, part), evaluator.samples, seed);
  const scores = await evaluator.score(drawn, show('samples'));
  const floor = await evaluator.floor();
  const { samples, features } = evaluator;
  const { name, hash } = features;
  const found = { index: learner.index, samples, features: { name, hash }, scores, floor };
  const copied = heldOut && {
    memorisation: await memorisationCheck({ samples: drawn, training, heldOut, features, engine }),
  };
  return { ...found, ...copied, ...transferred, seconds: monotonicSeconds() - began };
}

function text(found: Found, { recipe, data }: RunConfig): string {
  const { index, samples, features, scores, floor, memorisation, transfer } = found;
  const rows = Object.entries(scores).map(([name, value]) => [
    name,
    figure(value),
    figure(floor[name]!),
    scoreTable[name as ScoreName].better,
    scoreTable[name as ScoreName].about,
  ]);
  return [
    `${recipe} after ${index} steps: ${samples} samples against ${samples} examples of ${data}\n`,
    `features: ${features.name}, hash ${features.hash}\n\n`,
    table([['score', 'samples', 'real', 'better', ''], ...rows]),
    '\nreal: the score of as many other real examples, which a perfect generator would have.\n',
    memorisation === undefined ? '' : memorisationText(memorisation),
    transfer === undefined ? '' : transferText(transfer),
  ].join('');
}

function memorisationText({ examples, ratio, copies }: NonNullable<Found['memorisation']>): string {
  return (
    `memorisation: samples are ${figure(ratio)} times as far from ${examples} training examples as from as many held-out ones ` +
    `(1: none, 0: copies); ${(100 * copies).toFixed(1)} % lie nearer to one than its next neighbour does\n`
  );
}

function transferText({ ganTrain, ganTest, reference }: ClassifierTransfer): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return `transfer: GAN-train ${percent(ganTrain)}, GAN-test ${percent(ganTest)}; real to real ${percent(reference)} (nearest neighbour of features)\n`;
}

/** Four digits. */
function figure(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
