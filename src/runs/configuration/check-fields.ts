import { isRecord, show, unknownName } from '../../base/index.ts';
import { checkRule, type ValueRule } from '../../recipes/index.ts';
import type { Path } from './yaml-text.ts';

/** What a key of a configuration holds: a value by a rule, or further keys. */
export interface Field {
  readonly rule: ValueRule | Fields;
  readonly optional?: true;
  /** Checks what no rule says. @throws RangeError naming option, rule and value */
  check?(name: string, value: unknown): void;
}

/** The keys of a mapping. */
export interface Fields {
  readonly type: 'fields';
  readonly of: Readonly<Record<string, Field>>;
  /** What an unknown key is told. @default the known keys, and the most similar one */
  unknown?(name: string, key: string, known: readonly string[]): string;
}

/** The keys of a mapping. */
export function fields(of: Fields['of'], more: Pick<Fields, 'unknown'> = {}): Fields {
  return { type: 'fields', of, ...more };
}

/** A value against its rule, with the way to it. */
export class FieldError extends RangeError {
  readonly path: Path;
  readonly part: 'key' | 'value';

  constructor(message: string, path: Path, part: 'key' | 'value' = 'value', cause?: unknown) {
    super(message, { cause });
    this.path = path;
    this.part = part;
  }
}

/** Checks all that a mapping holds. @throws FieldError for the first value against its rule */
export function checkFields(
  { of, unknown: refusalOf = unknownName }: Fields,
  value: unknown,
  path: Path = [],
): void {
  const name = path.join('.');
  const record = recordOf(value, path);
  // First, since a typo is also a key that is missing.
  for (const key of Object.keys(record))
    if (!Object.hasOwn(of, key))
      throw new FieldError(refusalOf(name || 'key', key, Object.keys(of)), [...path, key], 'key');
  for (const [key, field] of Object.entries(of)) {
    const inner = [...path, key];
    if (Object.hasOwn(record, key)) checkField(field, record[key], inner);
    else if (!field.optional) throw new FieldError(`${inner.join('.')}: expected a value, got none`, inner);
  }
}

function checkField({ rule, check }: Field, value: unknown, path: Path): void {
  if (rule.type === 'fields') checkFields(rule, value, path);
  else if (rule.type === 'list' && Array.isArray(value))
    for (const [index, entry] of value.entries()) checkField({ rule: rule.of }, entry, [...path, index]);
  const name = path.filter((key) => typeof key === 'string').join('.');
  try {
    if (rule.type !== 'fields') checkRule(rule, name, value);
    check?.(name, value);
  } catch (error) {
    if (!(error instanceof RangeError) || error instanceof FieldError) throw error;
    throw new FieldError(error.message, path, 'value', error);
  }
}

function recordOf(value: unknown, path: Path): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  const name = path.join('.') || 'the config';
  throw new FieldError(`${name}: expected a mapping of options, got ${show(value)}`, path);
}
