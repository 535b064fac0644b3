import { readFile } from 'node:fs/promises';
import { warnProcess } from '../base/index.ts';
import { decode } from '../checkpoint/index.ts';
import type { Dataset } from '../data/index.ts';
import type { Engine } from '../engine/index.ts';
import type { Trainer } from '../models/index.ts';
import {
  type AgentAssembly,
  type Arena,
  type Assembly,
  findRecipe,
  type GanAssembly,
} from '../recipes/index.ts';
import { restore } from './checkpoint-state.ts';
import { bestCheckpoint, hasBestCheckpoint } from './directory/best-checkpoint.ts';
import { type RunConfig, RunDirectory } from './directory/run-directory.ts';
import { RunDirectoryError } from './errors.ts';
import { type OpeningOptions, openAssembly } from './open-assembly.ts';
import { restoreLatest } from './resume.ts';

/** Which run is loaded, from which checkpoint, and onto what. */
export interface LoadOptions<Kind extends Assembly['kind'] = Assembly['kind']> extends OpeningOptions {
  /** What the run must train; a run of the other kind is refused. @default either */
  readonly kind?: Kind;
  /** Takes the best checkpoint, which a run with `--keep-best` has, and not the newest. */
  readonly best?: boolean;
  /** Takes the checkpoint in this file. @default the newest one that can be read */
  readonly checkpoint?: string | undefined;
}

/** What a loaded run of either kind has. */
interface Loaded {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly engine: Engine;
  /** The steps that the checkpoint has done, which is the index of the next one. */
  readonly index: number;
  /** Releases what the run holds on its engine. */
  close(): void;
}

/** The run of a GAN, ready to be sampled: `trainer.sample(64)`. */
export interface LoadedGan extends Loaded {
  readonly kind: 'gan';
  readonly assembly: GanAssembly;
  readonly trainer: Trainer;
  readonly dataset: Dataset;
}

/**
 * The run of an agent, ready to act: `evaluateGreedy(arena.make(), arena.actor, { episodes: 100
 * })`.
 */
export interface LoadedAgent extends Loaded {
  readonly kind: 'agent';
  readonly assembly: AgentAssembly;
  readonly arena: Arena;
}

/** A run that `loadRun` has loaded. */
export type LoadedRun = LoadedGan | LoadedAgent;

/**
 * Loads a run from its directory at its newest checkpoint. The run may still be training: loading
 * takes no lock and writes nothing. It works from every working directory.
 * @throws RunDirectoryError where there is no run, no such checkpoint, or a run of another kind;
 * RangeError for an option against its rule, and what opening engine and data throws
 */
export async function loadRun<Kind extends Assembly['kind'] = Assembly['kind']>(
  path: string,
  options: LoadOptions<Kind> = {},
): Promise<Extract<LoadedRun, { readonly kind: Kind }>> {
  const directory = new RunDirectory(path);
  const config = directory.config();
  requireKind(options.kind, config, path);
  const file = checkpointFile(directory, options);
  const { assembly, engine } = await openAssembly(config, options);
  const { learner } = assembly;
  try {
    if (file !== undefined) restore(decode(await read(file), file), config, assembly);
    else await restoreNewest(directory, config, assembly, options);
  } catch (error) {
    learner.close();
    throw error;
  }
  const { index } = learner;
  const common = { directory, config, engine, index, close: () => learner.close() };
  const loaded: LoadedRun =
    assembly.kind === 'gan'
      ? { ...common, kind: 'gan', assembly, trainer: assembly.trainer, dataset: assembly.dataset }
      : { ...common, kind: 'agent', assembly, arena: assembly.arena };
  return loaded as Extract<LoadedRun, { readonly kind: Kind }>;
}

function requireKind(wanted: Assembly['kind'] | undefined, { recipe }: RunConfig, path: string): void {
  const { kind } = findRecipe(recipe);
  if (wanted === undefined || wanted === kind) return;
  const named = { gan: 'a GAN', agent: 'an agent' };
  throw new RunDirectoryError(
    `run directory: expected the run of ${named[wanted]}, got ${path}, where ${recipe} trains ${named[kind]}`,
  );
}

/** The file that the options name; undefined for the newest checkpoint. */
function checkpointFile(
  directory: RunDirectory,
  { best = false, checkpoint }: LoadOptions,
): string | undefined {
  if (!best) return checkpoint;
  if (checkpoint !== undefined)
    throw new RangeError(`--best: expected without --checkpoint, got both, with ${checkpoint}`);
  if (hasBestCheckpoint(directory)) return bestCheckpoint(directory);
  throw new RunDirectoryError(
    `--best: expected a run that keeps its best checkpoint, got ${directory.path}, which has none`,
  );
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const message = `--checkpoint: expected a file that can be read, got ${file}`;
    throw new RunDirectoryError(message, { cause });
  }
}

async function restoreNewest(
  directory: RunDirectory,
  config: RunConfig,
  assembly: Assembly,
  { warn = warnProcess }: LoadOptions,
): Promise<void> {
  if ((await restoreLatest(directory, config, assembly, warn)) !== undefined) return;
  throw new RunDirectoryError(
    `run directory: expected one with a checkpoint, got ${directory.path}, which has none yet`,
  );
}
