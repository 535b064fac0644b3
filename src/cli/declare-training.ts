import { Command } from 'commander';
import type { LogEvery } from '../recipes/index.ts';
import type { Console } from './console.ts';
import { numeric, optionAssignment } from './numbers.ts';
import { alertingOptions, evaluationOptions, servingOptions } from './run-options.ts';

/** `weir train`, whose options a configuration has too. */
export function trainCommand(console: Console): Command {
  const command = new Command('train')
    .summary('train a recipe in a new run directory')
    .argument('[recipe]', 'name of a recipe, see weir list; not needed where --config names one')
    .option('--config <file>', 'configuration in YAML or JSON; the other options override it')
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
    .option(
      '--decode-workers <n>',
      'threads that read and decode the data ahead; same results (default: 0, between steps)',
      numeric('--decode-workers'),
    )
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'print nothing but warnings and errors');
  evaluationOptions(command).option('--no-evaluate-async', 'evaluate between steps');
  return alertingOptions(servingOptions(command))
    .option('--serve', 'serve the live page, where the configuration says that none is served')
    .action(async (recipe, options) =>
      (await import('./commands/train.ts')).trainRecipe(console, recipe, chosenOf(command, options)),
    );
}

/** The options that were given: without the defaults, which a configuration overrides. */
function chosenOf<T extends object>(command: Command, options: T): Partial<T> {
  const given = Object.entries(options).filter(([name]) => command.getOptionValueSource(name) !== 'default');
  return Object.fromEntries(given) as Partial<T>;
}

/** `weir config`, which shows the options of `weir train`. */
export function configCommand(console: Console, train: Command): Command {
  return new Command('config')
    .summary('print a commented configuration to start from')
    .argument('<recipe>', 'name of a recipe, see weir list')
    .option('--data <name>', 'dataset to train on (default: that of the recipe)')
    .action(async (recipe, options) =>
      (await import('./commands/config.ts')).printConfig(console, train, recipe, options),
    );
}

function logEvery(text: string): LogEvery {
  return text === 'auto' ? text : numeric('--log-every')(text);
}
