/**
 * What every public function uses to refuse a bad option: the error names the option, the rule and
 * the value.
 */

/**
 * A value as an error message shows it: text in quotes, lists and objects as JSON, everything else
 * as JavaScript writes it, cut at 60 characters.
 */
export function show(value: unknown): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : isPlain(value)
        ? JSON.stringify(value)
        : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** Whether a value is an object that is no list: a mapping of a file, for instance. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The whole number that `name` must be, from `min` to `max` (inclusive). @throws RangeError */
export function wholeNumber(name: string, value: unknown, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const limit = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
  throw new RangeError(`${name}: expected a whole number ${limit}, got ${show(value)}`);
}

/** The finite number that `name` must be, from `min` to `max` (inclusive). @throws RangeError */
export function finiteNumber(name: string, value: unknown, min = -Infinity, max = Infinity): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max) return value;
  const limit =
    min === -Infinity && max === Infinity ? '' : max === Infinity ? ` from ${min}` : ` from ${min} to ${max}`;
  throw new RangeError(`${name}: expected a finite number${limit}, got ${show(value)}`);
}

/** The finite number above zero that `name` must be. @throws RangeError */
export function positiveNumber(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${name}: expected a finite number above 0, got ${show(value)}`);
}

/** The one of `choices` that `name` must be. @throws RangeError */
export function oneOf<const T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  throw new RangeError(`${name}: expected one of ${choices.join(', ')}, got ${show(value)}`);
}
