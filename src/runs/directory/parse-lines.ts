/** A line of a run's log: a step and its values. */
export interface LogLine {
  readonly index: number;
  readonly player: string;
  readonly seconds: number;
  readonly [value: string]: number | string;
}

/**
 * The lines of JSON in a text, parsed at once, which is several times faster than one by one. What
 * is not JSON, such as a line that a crash has torn, is left out.
 */
export function parseLines(text: string): unknown[] {
  const lines = text.trimEnd().split('\n');
  try {
    const all: unknown[] = JSON.parse(`[${lines.join(',')}]`);
    // Otherwise neighbours have made JSON together that they are not alone.
    if (all.length === lines.length) return all;
  } catch {}
  return lines.flatMap(parsed);
}

function parsed(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

/** Whether a parsed line is one of a step. */
export function isLogLine(line: unknown): line is LogLine {
  if (typeof line !== 'object' || line === null) return false;
  const { index, player, seconds } = line as Partial<LogLine>;
  return Number.isSafeInteger(index) && typeof player === 'string' && typeof seconds === 'number';
}
