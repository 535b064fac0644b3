import type { ProgressStream } from '../telemetry/index.ts';

/** Where a command reads and writes: the process itself, or a test. */
export interface Console {
  readonly stdout: ProgressStream;
  readonly stderr: ProgressStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Whether colours are wanted on a stream: a terminal, and NO_COLOR unset or empty (https://no-color.org). */
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
