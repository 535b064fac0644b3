import { wholeNumber } from '../../base/index.ts';
import { findRecipe } from '../../recipes/index.ts';
import { openData, openRunEngine, type RunConfig, RunDirectory, resume } from '../../runs/index.ts';
import { type Alerting, policiesIn } from '../alerting.ts';
import { type Console, warner } from '../console.ts';
import type { Serving } from '../serving.ts';

interface Options extends Serving, Alerting {
  readonly steps?: number;
  readonly data?: string;
  readonly engine?: string;
  readonly features?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `weir resume <run-dir>`: goes on from the newest good checkpoint. */
export async function resumeRun(console: Console, path: string, options: Options): Promise<void> {
  const directory = new RunDirectory(path);
  const before = directory.config();
  const { engine, reason } = await openRunEngine(before, options.engine, warner(console, options));
  const steps = wholeNumber('--steps', options.steps ?? before.steps, 1);
  const { data, dataset } = await openData(
    findRecipe(before.recipe),
    options.data ?? before.data,
    before,
    warner(console, options),
  );
  const config = {
    ...before,
    ...movedFeatures(before, options),
    ...policiesIn(options, before.onAlert),
    steps,
    data,
    engine: engine.name,
  };
  const { supervise } = await import('../supervise.ts');
  await supervise({
    ...options,
    console,
    directory,
    config,
    dataset,
    engine,
    reason,
    serving: options,
    alerting: options,
    begin: async (assembly, warn, say) => {
      await resume(directory, config, assembly, warn);
      directory.update(config);
      say(`weir: goes on from step ${assembly.learner.index} of ${steps}`);
    },
  });
}

/**
 * The evaluations of the run with the features at another place; their hash must be the one of the
 * run.
 */
function movedFeatures({ evaluation }: RunConfig, { features }: Options): Pick<RunConfig, 'evaluation'> {
  if (features === undefined) return {};
  if (evaluation !== undefined) return { evaluation: { ...evaluation, features } };
  throw new RangeError('--features: expected a run that is evaluated, got one that is not');
}
