import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { systemCode } from '../../base/index.ts';
import type { Evaluated } from '../../evaluation/index.ts';
import type { Line } from '../../plots/index.ts';
import { elapsedOf } from '../directory/elapsed-of.ts';
import { LogIndex } from '../directory/log-index.ts';
import { readEvaluations } from '../directory/read-evaluations.ts';
import type { RecordedConfig } from '../directory/run-config.ts';
import { RunDirectory } from '../directory/run-directory.ts';
import { readRunEvents } from '../directory/run-event-log.ts';
import type { Report } from '../directory/run-report.ts';

/** A run as it is compared with others. */
export interface ComparedRun {
  /** The name of its directory. */
  readonly name: string;
  readonly config: RecordedConfig;
  /** Where the run has ended, or was interrupted, at least once. */
  readonly report: Report | undefined;
  /** Steps that are in the log. */
  readonly steps: number;
  /** Seconds of training, over all executions, up to the last checkpoint or the end. */
  readonly seconds: number;
  readonly evaluations: readonly Evaluated[];
  /** By name (`critic/loss`, `evaluation/fid`): value by step, thinned to what a plot can show. */
  readonly curves: ReadonlyMap<string, Line['points']>;
}

/** The most points of a curve. */
const points = 400;

/**
 * Reads a run of a recipe or a script, finished or running. @throws RunDirectoryError where there
 * is none
 */
export async function comparedRun(path: string): Promise<ComparedRun> {
  const directory = new RunDirectory(path);
  const config = directory.recorded() ?? directory.config();
  const log = new LogIndex(directory.log);
  await log.catchUp();
  const columns = await log.columns({ max: points });
  const curves = Object.entries(columns).map(
    ([key, { index, mean }]) => [key, index.map((step, i) => [step, mean[i]!] as const)] as const,
  );
  const evaluations = await readEvaluations(directory.events);
  return {
    name: basename(resolve(path)),
    config,
    report: reportOf(path),
    steps: log.last + 1,
    seconds: elapsedOf(await readRunEvents(directory.events)),
    evaluations,
    curves: new Map([...curves.filter(([key]) => !key.endsWith('/seconds')), ...scoresOf(evaluations)]),
  };
}

/** Scores as curves, each at the step that it knows of last. */
function scoresOf(evaluations: readonly Evaluated[]): Map<string, [number, number][]> {
  const curves = new Map<string, [number, number][]>();
  for (const { index, values } of evaluations) {
    for (const [name, value] of Object.entries(values)) {
      const key = `evaluation/${name}`;
      curves.set(key, [...(curves.get(key) ?? []), [index - 1, value]]);
    }
  }
  return curves;
}

/** The report; undefined where there is none, or what is there is none. */
function reportOf(path: string): Report | undefined {
  try {
    const report: unknown = JSON.parse(readFileSync(join(path, 'report.json'), 'utf8'));
    return typeof report === 'object' && report !== null ? (report as Report) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
