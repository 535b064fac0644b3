import { Command, CommanderError } from 'commander';
import { version } from '../base/index.ts';
import { compareCommand } from './commands/compare.ts';
import { dataCommand } from './commands/data.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { featuresCommand } from './commands/features.ts';
import { listCommand } from './commands/list.ts';
import { renderCommand } from './commands/render.ts';
import { resumeCommand } from './commands/resume.ts';
import { sampleCommand } from './commands/sample.ts';
import { serveCommand } from './commands/serve.ts';
import { trainCommand } from './commands/train.ts';
import type { Console } from './console.ts';
import { describeError, exitCodeOf } from './exit-code.ts';

const commands = [
  trainCommand,
  resumeCommand,
  serveCommand,
  sampleCommand,
  listCommand,
  doctorCommand,
  dataCommand,
  featuresCommand,
  evaluateCommand,
  compareCommand,
  renderCommand,
];

/** Runs the command line. @param args without the program's name. @returns the exit code */
export async function main(args: readonly string[], console: Console): Promise<number> {
  const program = new Command('weir')
    .description('Reactive training streams: GANs as RxJS pipelines, resumable and observable')
    .version(version);
  for (const command of commands) program.addCommand(command(console));
  for (const command of [program, ...everyCommand(program)]) {
    command
      .showHelpAfterError('(--help shows more)')
      .exitOverride()
      .configureOutput({
        writeOut: (text) => console.stdout.write(text),
        writeErr: (text) => console.stderr.write(text),
      });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) console.stderr.write(`weir: ${describeError(error)}\n`);
    return exitCodeOf(error);
  }
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)]);
}
