import { type LostListener, Output } from './output.ts';
import type { ProgressStream } from './progress.ts';

/**
 * Where a command writes: an `Output` of the process, or the stand-in of a test, which is never
 * lost.
 */
export interface ConsoleStream extends ProgressStream {
  readonly unheard?: string | undefined;
  onLost?(listener: LostListener): () => void;
  settled?(): Promise<void>;
}

/** Where a command reads and writes: the process itself, or a test. */
export interface Console {
  readonly stdout: ConsoleStream;
  readonly stderr: ConsoleStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The console of the process. */
export function processConsole({ stdout, stderr, env }: NodeJS.Process): Console {
  return { stdout: new Output(stdout), stderr: new Output(stderr), env };
}

/**
 * The exit code of a process that is killed because it writes to a pipe without a reader: 128 +
 * SIGPIPE.
 */
const brokenPipe = 141;

/**
 * Waits until everything is written.
 * @param code of the command
 * @returns the exit code of the process: that of the command, unless it was 0 and what the command
 * has printed was lost
 */
export async function settledCode(code: number, { stdout, stderr }: Console): Promise<number> {
  await stdout.settled?.();
  const { unheard } = stdout;
  if (unheard !== undefined && unheard !== 'EPIPE')
    stderr.write(`weir: stdout: cannot be written (${unheard})\n`);
  await stderr.settled?.();
  if (code !== 0 || unheard === undefined) return code;
  return unheard === 'EPIPE' ? brokenPipe : 2;
}

/**
 * Whether colours are wanted on a stream: a terminal, and NO_COLOR unset or empty
 * (https://no-color.org).
 */
export function wantsColour(console: Console, stream: ProgressStream): boolean {
  return stream.isTTY === true && !console.env.NO_COLOR;
}

/** Prints warnings on the error stream; takes none where the command is to be quiet. */
export function warner(console: Console, { quiet }: { readonly quiet?: boolean | undefined } = {}) {
  return (message: string): void => {
    if (!quiet) console.stderr.write(`weir: ${message}\n`);
  };
}

/** Prints an object for programs. */
export function printJson(console: Console, content: unknown): void {
  console.stdout.write(`${JSON.stringify(content, null, 2)}\n`);
}

/** Rows of text in aligned columns, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
