import { show } from '../base/index.ts';
import type { Gate } from './gate.ts';

/** The function that option `name` must be. @throws TypeError */
export function functionOption<F extends (...args: never[]) => unknown>(name: string, value: F): F {
  if (typeof value === 'function') return value;
  throw new TypeError(`${name}: expected a function, got ${show(value)}`);
}

/** The gate that option `gate` must be. @throws TypeError */
export function gateOption(value: Gate): Gate {
  if (typeof value?.hold === 'function' && typeof value.onceOpen === 'function') return value;
  throw new TypeError(`gate: expected a Gate such as run.gate, got ${show(value)}`);
}

/** What is wrong with the gate where an item comes while operator `name` holds it. */
export function notHeld(name: string): string {
  return `gate: expected the gate of the pump, got one that lets items come while ${name} holds it`;
}

/** The iterable that option `source` must be. @throws TypeError */
export function sourceOption<S extends Iterable<unknown> | AsyncIterable<unknown>>(value: S): S {
  const given = value as Partial<Iterable<unknown> & AsyncIterable<unknown>> | null | undefined;
  const make = given?.[Symbol.asyncIterator] ?? given?.[Symbol.iterator];
  if (typeof make === 'function') return value;
  throw new TypeError(`source: expected an iterable or an async iterable, got ${show(value)}`);
}

/**
 * The names of players that option `players` must be: at least `min`, none of them empty. @throws
 * RangeError
 */
export function playersOption<Player extends string>(players: readonly Player[], min = 1): readonly Player[] {
  const fits = Array.isArray(players) && players.length >= min;
  if (!fits) throw new RangeError(`players: expected a list of at least ${min} names, got ${show(players)}`);
  for (const player of players) {
    if (typeof player !== 'string' || player === '')
      throw new RangeError(`players: expected names that are not empty, got ${show(player)}`);
  }
  return [...players];
}
