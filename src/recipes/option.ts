import { given, requireKnown, show } from '../base/index.ts';
import { unknownOption } from './foreign-names.ts';
import {
  type ChoiceRule,
  checkRule,
  type NumberRule,
  type NumbersRule,
  type WordsRule,
} from './value-rule.ts';

/** One hyper-parameter of a recipe: what `set name=value` takes. */
export interface Option<T extends number | string = number | string> {
  /** One line of meaning. */
  readonly help: string;
  readonly fallback: T;
  readonly rule: NumberRule | ChoiceRule | WordsRule | NumbersRule;
  /** What a number counts, in the plural: `steps`. @default none */
  readonly unit?: string;
  /** The value of a text or of JSON. @throws RangeError naming option, rule and value */
  parse(name: string, given: unknown): T;
}

/** The hyper-parameters of a recipe by name. */
export type Options = Readonly<Record<string, Option>>;

/** The values of a table of options. */
export type ValuesOf<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** Bounds of a number, both included, and what it counts. */
interface Bounds {
  /** @default 0 */
  readonly min?: number;
  /** @default none */
  readonly max?: number;
  /** What is counted, in the plural: `steps`. */
  readonly unit?: string;
}

/** A whole number. */
export function whole(
  help: string,
  fallback: number,
  { min = 0, max = Number.MAX_SAFE_INTEGER, unit }: Bounds = {},
): Option<number> {
  return numeric({ type: 'whole', min, max }, { help, fallback, unit });
}

/** A finite number. */
export function real(
  help: string,
  fallback: number,
  { min = 0, max = Infinity, unit }: Bounds = {},
): Option<number> {
  return numeric({ type: 'real', min, max }, { help, fallback, unit });
}

function numeric(
  rule: NumberRule,
  { help, fallback, unit }: Pick<Option<number>, 'help' | 'fallback'> & { readonly unit: string | undefined },
): Option<number> {
  return {
    help,
    fallback,
    rule,
    ...given({ unit }),
    parse(name, given) {
      const value = readNumber(name, given);
      checkRule(rule, name, value);
      return value as number;
    },
  };
}

/** One of a few words. */
export function choice<const T extends string>(
  help: string,
  choices: readonly T[],
  fallback: NoInfer<T>,
): Option<T> & { readonly choices: readonly T[] } {
  return {
    help,
    fallback,
    choices,
    rule: { type: 'choice', choices },
    parse(name, given) {
      checkRule({ type: 'choice', choices }, name, given);
      return given as T;
    },
  };
}

/** Some of a few words with commas between them, or `none`. */
export function wordList(help: string, choices: readonly string[], fallback: string): Option<string> {
  const rule: WordsRule = { type: 'words', choices };
  return {
    help,
    fallback,
    rule,
    parse(name, given) {
      checkRule(rule, name, given);
      return given as string;
    },
  };
}

/** Whole numbers with commas between them, or `none`; one number may come as such. */
export function numberList(
  help: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER, unit }: Bounds = {},
): Option<string> {
  const rule: NumbersRule = { type: 'numbers', min, max };
  return {
    help,
    fallback: 'none',
    rule,
    ...given({ unit }),
    parse(name, given) {
      const text = typeof given === 'number' ? String(given) : given;
      checkRule(rule, name, text);
      return text as string;
    },
  };
}

/** The words of such a value. */
export const listedWords = (value: string): readonly string[] => (value === 'none' ? [] : value.split(','));

/** The numbers of such a value, `undefined` for `none`. */
export const listedNumbers = (value: string): readonly number[] | undefined =>
  value === 'none' ? undefined : value.split(',').map(Number);

function numberOf(given: unknown): unknown {
  return typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
}

/** Text that is no number stays text, so that the error shows what was given and not NaN. */
function readNumber(name: string, given: unknown): unknown {
  const value = numberOf(given);
  if (typeof given === 'string' && Number.isNaN(value))
    throw new RangeError(`${name}: expected a number, got ${show(given)}`);
  return value;
}

/**
 * The values of all options: what was given, else the preset, else the fallback.
 * @param given by option name, as text from the command line or as JSON from a run's config
 * @throws RangeError for an unknown option (naming the nearest known one) or a value against its
 * rule
 */
export function resolveOptions<O extends Options>(
  options: O,
  preset: Readonly<Record<string, number | string>>,
  given: ReadonlyMap<string, unknown>,
): ValuesOf<O> {
  const values: Record<string, number | string> = {};
  for (const [name, option] of Object.entries(options)) {
    values[name] = option.parse(
      `set ${name}`,
      given.has(name) ? given.get(name) : (preset[name] ?? option.fallback),
    );
  }
  requireKnown('set', given.keys(), Object.keys(options), unknownOption);
  return values as ValuesOf<O>;
}
