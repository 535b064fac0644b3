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
    if (!(error instanceof CommanderError))
      console.stderr.write(`weir: ${describeError(error, flagsOf(called))}\n`);
    return exitCodeOf(error);
  }
}

/** Where a script has one option in another, or by another name. */
const flagsByName: readonly (readonly [string, string])[] = [
  ['dir', '--out'],
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
  return new Map([...flags, ...flagsByName]);
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)]);
}
