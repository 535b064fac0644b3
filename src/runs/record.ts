import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { given, version, warnProcess, wholeNumber } from '../base/index.ts';
import { checkLogEvery, type Trainable } from '../recipes/index.ts';
import type { Run } from '../streams/index.ts';
import { checkRecording } from './check-recording.ts';
import type { RecordedConfig } from './directory/run-config.ts';
import { RunDirectory } from './directory/run-directory.ts';
import type { Report } from './directory/run-report.ts';
import { RunDirectoryError } from './errors.ts';
import { resolveSchedule } from './evaluation/evaluation-settings.ts';
import { perform } from './perform.ts';
import { type Prepared, prepareRecipe, scriptPath } from './prepare-recipe.ts';
import type { Recording, ScriptRecording } from './recording.ts';
import { goOn } from './resume.ts';
import { type RunContext, runContext } from './run-context.ts';

/**
 * Trains in a run directory: with a lock, a config, logs, checkpoints and a report. Where the
 * directory holds this run already, it goes on from its newest good checkpoint; a run that has
 * finished is restored, and its report returned. The first SIGINT, SIGTERM or SIGHUP stops the run
 * in order. The learner of a script stays open, so that the script can go on with it.
 * @throws RunDirectoryError where the directory holds another run; RangeError for an option against
 * its rule; what ended the run
 */
export async function record(run: Run, recording: Recording): Promise<Report> {
  checkRecording(run, recording);
  const directory = new RunDirectory(recording.dir);
  if (recording.resume === false) directory.requireEmpty();
  const { warn = warnProcess, say, observers, extensions } = recording;
  const { openScorer, ...parts } =
    'recipe' in recording ? await prepareRecipe(recording) : prepareScript(recording);
  const context = runContext({ directory, run, warn, ...parts });
  return perform({
    context,
    openScorer,
    begin: () => begin(context, recording),
    say: say ?? warn,
    keepOpen: !('recipe' in recording),
    ...given({ observers, extensions }),
  });
}

/**
 * Makes the run directory, or goes on with the run in it. @returns the report where nothing is left
 * to do
 */
async function begin(context: RunContext, recording: Recording): Promise<Report | undefined> {
  const { directory, config } = context;
  const before = recording.resume === false ? undefined : directory.recorded();
  if (before === undefined) {
    directory.create(config, 'recipe' in recording ? recording.source : undefined);
    return undefined;
  }
  requireSame(before, config, directory);
  return goOn(context, recording.say);
}

function prepareScript(recording: ScriptRecording): Prepared {
  const { learner, events, draw, evaluate, evaluation } = recording;
  const config = configOf(recording);
  const assembly: Trainable = {
    learner,
    data: config.data,
    events,
    ...given({ draw, evaluate }),
  };
  return { config, assembly, openScorer: async () => evaluation! };
}

function configOf(recording: ScriptRecording): RecordedConfig {
  const { name, data = 'script', engine = 'script', evaluation, onAlert } = recording;
  const script = scriptPath();
  const steps = wholeNumber('steps', recording.steps, 1);
  const every = recording.checkpointEvery ?? Math.ceil(steps / 10);
  return {
    weir: version,
    script,
    recipe: name ?? basename(script).replace(/\.\w+$/, ''),
    data,
    engine,
    steps,
    seed: wholeNumber('seed', recording.seed ?? 0),
    checkpointEvery: wholeNumber('checkpointEvery', every, 1),
    logEvery: checkLogEvery('logEvery', recording.logEvery ?? 'auto'),
    // What JSON makes of it, as it comes back from the file.
    options: JSON.parse(JSON.stringify(recording.config)),
    ...(evaluation && { evaluation: resolveSchedule(evaluation) }),
    ...given({ onAlert }),
  };
}

/** @throws RunDirectoryError naming the first value that differs */
function requireSame(before: RecordedConfig, now: RecordedConfig, { path }: RunDirectory): void {
  const flat = ({ recipe, data, seed, batch, options }: RecordedConfig) => {
    const own = Object.entries(options).map(([name, value]) => [`config.${name}`, value] as const);
    return new Map<string, unknown>([
      ['name', recipe],
      ['data', data],
      ['seed', seed],
      ['batch', batch],
      ...own,
    ]);
  };
  const [theirs, ours] = [flat(before), flat(now)];
  for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
    if (isDeepStrictEqual(theirs.get(name), ours.get(name))) continue;
    const [expected, got] = [JSON.stringify(theirs.get(name)), JSON.stringify(ours.get(name))];
    throw new RunDirectoryError(
      `${name}: expected ${expected ?? 'none'} as the run in ${path} began with, got ${got ?? 'none'}; name another dir for another run`,
    );
  }
}
