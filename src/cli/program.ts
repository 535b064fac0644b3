import { Command, CommanderError } from 'commander';
import { version } from '../base/index.ts';
import type { Console } from './console.ts';
import { declareCommands } from './declare-commands.ts';
import { describeError, exitCodeOf } from './exit-code.ts';

/** Runs the command line. @param args without the program's name. @returns the exit code */
export async function main(args: readonly string[], console: Console): Promise<number> {
  const program = new Command('weir')
    .description('Reactive training streams: GANs as RxJS pipelines, resumable and observable')
    .version(version);
  for (const command of declareCommands(console)) program.addCommand(command);
  for (const command of [program, ...everyCommand(program)]) {
    command
      .showHelpAfterError('(--help shows more)')
      .exitOverride()
      .configureOutput({
        writeOut: (text) => console.stdout.write(text),
        writeErr: (text) => console.stderr.write(text),
      });
  }
  let called: Command | undefined;
  program.hook('preAction', (_, command) => {
    called = command;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.helpDisplayed')
      return helpOfRecipe(console, program);
    if (!(error instanceof CommanderError))
      console.stderr.write(`weir: ${describeError(error, flagsOf(called))}\n`);
    return exitCodeOf(error);
  }
}

/**
 * Prints the hyper-parameters of the recipe that `weir train RECIPE --help` names.
 * @returns the exit code
 */
async function helpOfRecipe(console: Console, program: Command): Promise<number> {
  const name = program.commands.find((command) => command.name() === 'train')?.args[0];
  if (name === undefined || name.startsWith('-')) return 0;
  const [{ findRecipe }, { recipeText }] = await Promise.all([
    import('../recipes/index.ts'),
    import('./recipe-text.ts'),
  ]);
  try {
    console.stdout.write(`\n${recipeText(findRecipe(name))}`);
    return 0;
  } catch (error) {
    console.stderr.write(`weir: ${describeError(error)}\n`);
    return exitCodeOf(error);
  }
}

/** Where a script has one option in another, or by another name. */
const flagsByName: readonly (readonly [string, string])[] = [
  ['dir', '--out'],
  ['path', '--out'],
  ['scores', '--metrics'],
  ['allowHosts', '--allow-host'],
  ['token', '--control'],
  ['webhook', '--alert-webhook'],
  ['evaluation.every', '--evaluate-every'],
  ['evaluation.scores', '--metrics'],
  ['evaluation.background', '--evaluate-async'],
];

/** The flags of the command that was called, by the names that the options have in a script. */
function flagsOf(called: Command | undefined): ReadonlyMap<string, string> {
  const flags = (called?.options ?? []).flatMap((option) => {
    const [name, flag] = [option.attributeName(), option.long ?? option.flags];
    return [
      [name, flag],
      [`evaluation.${name}`, flag],
    ] as const;
  });
  const known = new Set(flags.map(([, flag]) => flag));
  return new Map([...flags, ...flagsByName.filter(([, flag]) => known.has(flag))]);
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)]);
}
