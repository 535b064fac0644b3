import { show } from '../base/index.ts';

/**
 * A parser of an option's text as a number; the rule for the number itself is checked where it is
 * used.
 */
export function numeric(option: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isNaN(value)) throw new RangeError(`${option}: expected a number, got ${show(text)}`);
    return value;
  };
}

/** Gathers `--set name=value` into a map. @throws RangeError for text without a name and `=` */
export function optionAssignment(
  text: string,
  before: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new RangeError(`--set: expected name=value, got ${show(text)}`);
  return new Map(before).set(text.slice(0, at), text.slice(at + 1));
}
