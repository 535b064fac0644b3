import { show } from '../base/index.ts';
import type { CheckpointState } from './checkpoint.ts';

const deepest = 64;

/** Keys that turn into something else when an object is copied key by key. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The state as JSON with sorted keys and no spaces: equal states give equal text, and parsing it
 * gives the state back exactly. What JSON would drop or change without a word (undefined, NaN,
 * dates, typed arrays) is refused.
 * @throws TypeError naming the place and the value
 */
export function stateText(state: CheckpointState): string {
  if (!isPlainObject(state)) throw new TypeError(`state: expected an object, got ${kindOf(state)}`);
  if (!Number.isSafeInteger(state.index) || state.index < 0)
    throw new TypeError(`state.index: expected a whole number from 0, got ${show(state.index)}`);
  return textOf(state, 'state', 0);
}

function textOf(value: unknown, path: string, depth: number): string {
  if (depth > deepest) throw new TypeError(`${path}: expected at most ${deepest} levels`);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value))
    return `[${Array.from(value, (item, i) => textOf(item, `${path}[${i}]`, depth + 1)).join(',')}]`;
  if (isPlainObject(value)) {
    const members = Object.keys(value).sort();
    return `{${members.map((key) => memberText(key, value[key], path, depth)).join(',')}}`;
  }
  throw new TypeError(`${path}: expected JSON (text, finite number, boolean, null), got ${kindOf(value)}`);
}

function memberText(key: string, value: unknown, path: string, depth: number): string {
  if (forbiddenKeys.has(key)) throw new TypeError(`${path}: expected no key ${key}`);
  return `${JSON.stringify(key)}:${textOf(value, `${path}.${key}`, depth + 1)}`;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function kindOf(value: unknown): string {
  return typeof value === 'object' ? (value?.constructor?.name ?? String(value)) : show(value);
}
