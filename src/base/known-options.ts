import { show } from './check.ts';
import { hintOf } from './did-you-mean.ts';

/** The names of options; the compiler holds them to the type. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/** The message for an unknown name: the known names, and the most similar one. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  return `${what}: expected one of ${known.join(', ')}, got ${show(name)}${hintOf(name, known)}`;
}

/** Refuses what is no option. @throws RangeError with the nearest one */
export function requireKnown(
  what: string,
  names: Iterable<string>,
  known: readonly string[],
  refusal: typeof unknownName = unknownName,
): void {
  for (const name of names) if (!known.includes(name)) throw new RangeError(refusal(what, name, known));
}

/**
 * Refuses what is no object of options, and options that are unknown, as a script without a
 * compiler may give them. @throws TypeError, or RangeError with the nearest option
 */
export function requireOptions(what: string, options: unknown, names: object, refusal = unknownName): void {
  requireMember(what, 'an object of options', options);
  requireKnown(what, Object.keys(options as object), Object.keys(names), refusal);
}

/** Refuses what is no object, or lacks a member. @throws TypeError */
export function requireMember(name: string, expected: string, value: unknown, ...members: string[]): void {
  if (typeof value === 'object' && value !== null) {
    const object = value as Readonly<Record<string, unknown>>;
    if (members.every((member) => object[member] !== undefined)) return;
  }
  throw new TypeError(`${name}: expected ${expected}, got ${show(value)}`);
}
