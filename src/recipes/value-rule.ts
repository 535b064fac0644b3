import { finiteNumber, hintOf, isRecord, show, unknownName, wholeNumber } from '../base/index.ts';

/** A number between two bounds, both included. */
export interface NumberRule {
  readonly type: 'whole' | 'real';
  readonly min: number;
  readonly max: number;
}

/** One of a few words. */
export interface ChoiceRule {
  readonly type: 'choice';
  readonly choices: readonly string[];
}

/** Some of a few words with commas between them, each at most once, or `none`. */
export interface WordsRule {
  readonly type: 'words';
  readonly choices: readonly string[];
}

/** Whole numbers between two bounds with commas between them, or `none`. */
export interface NumbersRule {
  readonly type: 'numbers';
  readonly min: number;
  readonly max: number;
}

/**
 * What a value has to be, as data: the check, the help, the JSON schema and the commented
 * configuration are all made from it.
 */
export type ValueRule =
  | NumberRule
  | ChoiceRule
  | WordsRule
  | NumbersRule
  | { readonly type: 'text' | 'boolean' | 'mapping' }
  | { readonly type: 'list'; readonly of: ValueRule }
  | { readonly type: 'either'; readonly of: readonly ValueRule[] };

/** A whole number from `min` to `max`. */
export const wholeRule = (min = 0, max = Number.MAX_SAFE_INTEGER): NumberRule => ({
  type: 'whole',
  min,
  max,
});

/** Refuses a value against a rule. @throws RangeError naming option, rule and value */
export function checkRule(rule: ValueRule, name: string, value: unknown): void {
  switch (rule.type) {
    case 'whole':
      wholeNumber(name, value, rule.min, rule.max);
      return;
    case 'real':
      finiteNumber(name, value, rule.min, rule.max);
      return;
    case 'choice':
      if (rule.choices.includes(value as string)) return;
      if (typeof value !== 'string') break;
      throw new RangeError(unknownName(name, value, rule.choices));
    case 'words': {
      if (value === 'none') return;
      const words = typeof value === 'string' ? value.split(',') : [''];
      const wrong = words.find((word, i) => !rule.choices.includes(word) || words.indexOf(word) < i);
      if (wrong === undefined) return;
      const hint = rule.choices.includes(wrong) ? '' : hintOf(wrong, rule.choices);
      throw new RangeError(`${name}: expected ${ruleText(rule)}, got ${show(value)}${hint}`);
    }
    case 'numbers': {
      if (value === 'none') return;
      const numbers = typeof value === 'string' ? value.split(',') : [''];
      const { min, max } = rule;
      if (numbers.every((each) => /^\d+$/.test(each) && Number(each) >= min && Number(each) <= max)) return;
      break;
    }
    case 'list':
      if (!Array.isArray(value) || value.length === 0) break;
      for (const entry of value) checkRule(rule.of, name, entry);
      return;
    case 'either':
      if (!rule.of.some((one) => fits(one, name, value))) break;
      return;
    case 'text':
      if (typeof value !== 'string' || value === '') break;
      return;
    case 'boolean':
      if (typeof value !== 'boolean') break;
      return;
    case 'mapping':
      if (!isRecord(value)) break;
      return;
  }
  throw new RangeError(`${name}: expected ${ruleText(rule)}, got ${show(value)}`);
}

function fits(rule: ValueRule, name: string, value: unknown): boolean {
  try {
    checkRule(rule, name, value);
    return true;
  } catch {
    return false;
  }
}

/** The rule as a refusal names it, such as `a whole number from 1 to 8192`. */
export function ruleText(rule: ValueRule): string {
  switch (rule.type) {
    case 'whole':
    case 'real':
      return [rule.type === 'whole' ? 'a whole number' : 'a finite number', boundsText(rule)]
        .filter(Boolean)
        .join(' ');
    case 'choice':
      return `one of ${rule.choices.join(', ')}`;
    case 'words':
      return `none, or some of ${rule.choices.join(', ')} with commas between them, each once`;
    case 'numbers':
      return `none, or whole numbers ${boundsText(rule)} with commas between them`;
    case 'list':
      return `a list, each ${ruleText(rule.of)}`;
    case 'either':
      return rule.of.map(ruleText).join(' or ');
    case 'text':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'mapping':
      return 'a mapping of options';
  }
}

/**
 * `from 1 to 8192`, `from 1`, or nothing where every number fits; the words of a choice, and what
 * lists are of with `none` before it.
 */
export function rangeText(rule: NumberRule | ChoiceRule | WordsRule | NumbersRule): string {
  if (rule.type === 'choice') return rule.choices.join(', ');
  return rule.type === 'words' || rule.type === 'numbers' ? ruleText(rule) : boundsText(rule);
}

function boundsText({ min, max }: NumberRule | NumbersRule): string {
  const top = max === Infinity || max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`;
  return min === -Infinity && top === '' ? '' : `from ${min}${top}`;
}

/** A rule in the words of JSON Schema, draft 7. */
export function schemaOf(rule: ValueRule): Readonly<Record<string, unknown>> {
  switch (rule.type) {
    case 'whole':
    case 'real':
      return { type: rule.type === 'whole' ? 'integer' : 'number', ...boundsSchema(rule) };
    case 'choice':
      return { enum: rule.choices };
    case 'words': {
      const word = `(${rule.choices.join('|')})`;
      return { type: 'string', pattern: `^(none|${word}(,${word})*)$` };
    }
    case 'numbers':
      return { type: ['string', 'integer'], pattern: '^(none|\\d+(,\\d+)*)$', ...boundsSchema(rule) };
    case 'list':
      return { type: 'array', items: schemaOf(rule.of), minItems: 1 };
    case 'either':
      return { anyOf: rule.of.map(schemaOf) };
    case 'text':
      return { type: 'string', minLength: 1 };
    case 'boolean':
      return { type: 'boolean' };
    case 'mapping':
      return { type: 'object' };
  }
}

function boundsSchema({ min, max }: NumberRule | NumbersRule): Readonly<Record<string, number>> {
  const unbounded = max === Infinity || max === Number.MAX_SAFE_INTEGER;
  return { ...(min !== -Infinity && { minimum: min }), ...(!unbounded && { maximum: max }) };
}
