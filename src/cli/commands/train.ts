import { Command } from 'commander';
import { version, wholeNumber } from '../../base/index.ts';
import { openEngine } from '../../engine/index.ts';
import type { LogEvery } from '../../recipes/index.ts';
import { findRecipe, resolveSettings } from '../../recipes/index.ts';
import {
  type EvaluationOptions,
  freeRunDirectory,
  openData,
  type RunConfig,
  RunDirectory,
  resolveEvaluation,
} from '../../runs/index.ts';
import { type Alerting, alertingOptions, policiesIn } from '../alerting.ts';
import { type Console, warner } from '../console.ts';
import { evaluationOptions } from '../evaluation-options.ts';
import { numeric, optionAssignment } from '../numbers.ts';
import { type Serving, servingOptions } from '../serving.ts';
import { supervise } from '../supervise.ts';

interface Options extends Serving, Alerting, EvaluationOptions {
  readonly data?: string;
  readonly engine: string;
  readonly steps?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly set?: Map<string, string>;
  readonly checkpointEvery?: number;
  readonly logEvery?: LogEvery;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `weir train <recipe>`: a new run in a new directory. */
export function trainCommand(console: Console): Command {
  const command = new Command('train')
    .summary('train a recipe in a new run directory')
    .argument('<recipe>', 'name of a recipe, see weir list')
    .option(
      '--data <name>',
      'dataset: a name of weir data list, idx:DIR, cifar10:DIR, folder:DIR, folder:DIR,N, raw:FILE,HxWxC',
    )
    .option('--engine <name>', 'auto, onnx, tensorflow, wasm or cpu', 'auto')
    .option('--steps <n>', 'steps of the schedule, critic and generator updates alike', numeric('--steps'))
    .option('--batch <n>', 'examples in a batch', numeric('--batch'))
    .option('--seed <n>', 'seed of everything random', numeric('--seed'))
    .option('--out <dir>', 'run directory, new or empty (default: runs/<recipe>-<n>)')
    .option('--set <name=value>', 'hyper-parameter of the recipe; may be repeated', optionAssignment)
    .option(
      '--checkpoint-every <n>',
      'steps between checkpoints (default: a tenth of the steps)',
      numeric('--checkpoint-every'),
    )
    .option(
      '--log-every <n>',
      'steps for one line of each player in log.jsonl, or auto: all up to step 30,000, then ever fewer (default: auto)',
      logEvery,
    )
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'print nothing but warnings and errors');
  return alertingOptions(servingOptions(evaluationOptions(command))).action(
    (recipe: string, options: Options) => train(console, recipe, options),
  );
}

function logEvery(text: string): LogEvery {
  return text === 'auto' ? text : numeric('--log-every')(text);
}

async function train(console: Console, name: string, options: Options): Promise<void> {
  const recipe = findRecipe(name);
  const seed = wholeNumber('--seed', options.seed ?? 1);
  if (options.out !== undefined) new RunDirectory(options.out).requireEmpty();
  // The order matters: all that can be wrong is found before a directory is made.
  const { data, dataset } = await openData(recipe, options.data, { seed }, warner(console, options));
  const settings = resolveSettings(recipe, dataset, { ...options, seed });
  const evaluation = await resolveEvaluation(recipe, options);
  const { engine, reason } = await openEngine(options.engine, {
    warn: warner(console, options),
  });
  const config: RunConfig = {
    weir: version,
    recipe: recipe.name,
    data,
    engine: engine.name,
    ...settings,
    ...(evaluation && { evaluation }),
    ...policiesIn(options),
  };
  const directory =
    options.out === undefined ? freeRunDirectory('runs', recipe.name) : new RunDirectory(options.out);
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
    begin: () => directory.create(config),
  });
}
