import { readFile } from 'node:fs/promises';
import { type OptionNames, requireOptions, warnProcess, wholeNumber } from '../base/index.ts';
import { decode, type LoadedCheckpoint } from '../checkpoint/index.ts';
import type { Dataset } from '../data/index.ts';
import type { Engine, Value } from '../engine/index.ts';
import type { Trainer } from '../models/index.ts';
import {
  type AgentAssembly,
  type Arena,
  type Assembly,
  findRecipe,
  type GanAssembly,
  type Learner,
} from '../recipes/index.ts';
import { restore } from './checkpoint-state.ts';
import { bestCheckpoint, hasBestCheckpoint } from './directory/best-checkpoint.ts';
import { isLogLine, type LogLine, parseLines } from './directory/parse-lines.ts';
import { recordedBy } from './directory/read-config.ts';
import { readRegular } from './directory/regular-file.ts';
import type { RecordedConfig, RunConfig } from './directory/run-config.ts';
import { RunDirectory } from './directory/run-directory.ts';
import { type LoggedRunEvent, readRunEvents } from './directory/run-event-log.ts';
import { RunDirectoryError } from './errors.ts';
import { type OpeningOptions, openAssembly } from './open-assembly.ts';
import { newestCheckpoint } from './resume.ts';
import { GanSampler, type SampleOptions } from './sampling/gan-sampler.ts';

/** What a run trains: a GAN, an agent, or what a script has made. */
export type RunKind = Assembly['kind'] | 'script';

/** Which run is loaded, from which checkpoint, and onto what. */
export interface LoadOptions<Kind extends RunKind = RunKind> extends Omit<OpeningOptions, 'steps'> {
  /** What the run must be; another one is refused. @default any */
  readonly kind?: Kind;
  /** Takes the best checkpoint, which a run has that keeps it, and not the newest. */
  readonly best?: boolean;
  /** Takes the checkpoint in this file. @default the newest one that can be read */
  readonly checkpoint?: string | undefined;
  /** The learner of a script as it is at its first step, which the checkpoint is restored to. */
  readonly learner?: Learner;
}

const names: OptionNames<LoadOptions> = {
  kind: true,
  best: true,
  checkpoint: true,
  learner: true,
  recipe: true,
  engine: true,
  data: true,
  warn: true,
};

/** What every loaded run has. */
interface Loaded<Config> {
  readonly directory: RunDirectory;
  readonly config: Config;
  /** The steps that the checkpoint has done, which is the index of the next one. */
  readonly index: number;
  /** The lines of its log, in order. */
  log(): Promise<readonly LogLine[]>;
  /** What has happened beside its steps, oldest first. */
  events(): Promise<readonly LoggedRunEvent[]>;
  /** Releases what the run holds on its engine. */
  close(): void;
}

/** The run of a GAN, ready to be sampled: `run.sample({ count: 64 })`. */
export interface LoadedGan extends Loaded<RunConfig> {
  readonly kind: 'gan';
  readonly engine: Engine;
  readonly assembly: GanAssembly;
  readonly trainer: Trainer;
  readonly dataset: Dataset;
  readonly sampler: GanSampler;
  /** Some samples, [count, ...shape]. Calls may overlap. @throws RangeError naming the option */
  sample(options?: SampleOptions): Promise<Value>;
  /** Any number of samples in parts of at most 64, [rows, ...shape]. @throws as `sample` */
  samples(options?: SampleOptions): AsyncGenerator<Value, void, void>;
}

/**
 * The run of an agent, ready to act: `evaluateGreedy(arena.make(), arena.actor, { episodes: 100
 * })`.
 */
export interface LoadedAgent extends Loaded<RunConfig> {
  readonly kind: 'agent';
  readonly engine: Engine;
  readonly assembly: AgentAssembly;
  readonly arena: Arena;
  /** The greedy action for an observation. */
  act(observation: unknown): unknown;
}

/** The run that a script has recorded. Its learner is restored where one was given. */
export interface LoadedScript extends Loaded<RecordedConfig> {
  readonly kind: 'script';
  readonly checkpoint: LoadedCheckpoint;
}

/** A run that `loadRun` has loaded. */
export type LoadedRun = LoadedGan | LoadedAgent | LoadedScript;

/**
 * Loads a run from its directory at its newest checkpoint. The run may still be training: loading
 * takes no lock and writes nothing. It works from every working directory. A recipe says how its
 * trainer or agent is built; one that is the script's own is an option, and so is the learner of a
 * script without a recipe.
 * @throws RunDirectoryError where there is no run, no such checkpoint, or a run of another kind;
 * RangeError for an option against its rule, and what opening engine and data throws
 */
export async function loadRun<Kind extends RunKind = RunKind>(
  path: string,
  options: LoadOptions<Kind> = {},
): Promise<Extract<LoadedRun, { readonly kind: Kind }>> {
  requireOptions('loadRun', options, names);
  const directory = new RunDirectory(path);
  const config: RecordedConfig = directory.recorded() ?? directory.config();
  requireKind(options, config, path);
  const loaded =
    config.script === undefined || options.recipe !== undefined
      ? await loadRecipe(directory, directory.config(options.recipe), options)
      : await loadScript(directory, config, options);
  return loaded as Extract<LoadedRun, { readonly kind: Kind }>;
}

async function loadRecipe(
  directory: RunDirectory,
  config: RunConfig,
  options: LoadOptions,
): Promise<LoadedGan | LoadedAgent> {
  const checkpoint = await checkpointOf(directory, config, checkpointFile(directory, options), options);
  const { assembly, engine } = await openAssembly(config, options);
  const { learner } = assembly;
  try {
    restore(checkpoint, config, assembly);
  } catch (error) {
    learner.close();
    throw error;
  }
  const common = {
    ...filesOf(directory),
    config,
    engine,
    index: learner.index,
    close: () => learner.close(),
  };
  if (assembly.kind === 'agent') {
    const { arena } = assembly;
    return { ...common, kind: 'agent', assembly, arena, act: (seen) => arena.actor.greedy(seen) };
  }
  const { trainer, dataset } = assembly;
  const sampler = new GanSampler(trainer, dataset);
  return {
    ...common,
    kind: 'gan',
    assembly,
    trainer,
    dataset,
    sampler,
    sample: (sampling) => sampler.sample(sampling),
    samples: (sampling) => sampler.samples(sampling),
  };
}

async function loadScript(
  directory: RunDirectory,
  config: RecordedConfig,
  options: LoadOptions,
): Promise<LoadedScript> {
  const { learner } = options;
  const checkpoint = await checkpointOf(directory, config, checkpointFile(directory, options), options);
  learner?.restore(checkpoint);
  const index = wholeNumber('index', checkpoint.state.index as number);
  return {
    ...filesOf(directory),
    kind: 'script',
    config,
    checkpoint,
    index,
    close: () => learner?.close(),
  };
}

function filesOf(directory: RunDirectory) {
  return {
    directory,
    log: async () => parseLines(await readLog(directory.log)).filter(isLogLine),
    events: () => readRunEvents(directory.events),
  };
}

async function readLog(path: string): Promise<string> {
  return (await readRegular(path, { limit: 1 << 29 }))?.toString() ?? '';
}

function requireKind({ kind: wanted, recipe: own }: LoadOptions, config: RecordedConfig, path: string): void {
  const { recipe, script } = config;
  const kind = own?.kind ?? (script === undefined ? findRecipe(recipe).kind : 'script');
  if (wanted === undefined || wanted === kind) return;
  const named = { gan: 'a GAN', agent: 'an agent', script: 'a script' };
  const got =
    kind === 'script' ? `${path}, ${recordedBy(config)}` : `${path}, where ${recipe} trains ${named[kind]}`;
  throw new RunDirectoryError(`run directory: expected the run of ${named[wanted]}, got ${got}`);
}

/** The file that the options name; undefined for the newest checkpoint. */
function checkpointFile(
  directory: RunDirectory,
  { best = false, checkpoint }: LoadOptions,
): string | undefined {
  if (!best) return checkpoint;
  if (checkpoint !== undefined)
    throw new RangeError(`best: expected without the option checkpoint, got both, with ${checkpoint}`);
  if (hasBestCheckpoint(directory)) return bestCheckpoint(directory);
  throw new RunDirectoryError(
    `best: expected a run that keeps its best checkpoint, got ${directory.path}, which has none`,
  );
}

/** The checkpoint of a file, or the newest that can be read. */
async function checkpointOf(
  directory: RunDirectory,
  config: RecordedConfig,
  file: string | undefined,
  { warn = warnProcess }: LoadOptions,
): Promise<LoadedCheckpoint> {
  if (file !== undefined) return decode(await read(file), file);
  const latest = await newestCheckpoint({ directory, config, warn });
  if (latest !== undefined) return latest;
  throw new RunDirectoryError(
    `run directory: expected one with a checkpoint, got ${directory.path}, which has none yet`,
  );
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const message = `checkpoint: expected a file that can be read, got ${file}`;
    throw new RunDirectoryError(message, { cause });
  }
}
