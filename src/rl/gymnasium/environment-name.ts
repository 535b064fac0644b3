import { show } from '../../base/index.ts';
import type { Json } from '../environments/environment.ts';

/** An environment of Gymnasium with the arguments of `gymnasium.make`. */
export interface EnvironmentName {
  /** `LunarLander-v3`, or `module:Name` of a Python module. */
  readonly name: string;
  readonly arguments: Readonly<Record<string, Json>>;
}

/** What names of environments of Gymnasium begin with. */
export const gymnasiumPrefix = 'gymnasium:';

const rule =
  'expected gymnasium:NAME or gymnasium:MODULE:NAME, with arguments as ?continuous=true&gravity=-9';

/**
 * Reads `gymnasium:LunarLander-v3?continuous=true`: the values of arguments are JSON, else text.
 * @throws RangeError naming the rule
 */
export function readEnvironmentName(text: string): EnvironmentName {
  const [name, query = '', ...rest] = text.slice(gymnasiumPrefix.length).split('?');
  const fits = /^(?:[\w.]+:)?[\w./-]+$/.test(name!) && rest.length === 0;
  if (!text.startsWith(gymnasiumPrefix) || !fits) throw new RangeError(`data: ${rule}, got ${show(text)}`);
  return { name: name!, arguments: Object.fromEntries([...new URLSearchParams(query)].map(argument)) };
}

function argument([name, value]: readonly [string, string]): [string, Json] {
  try {
    return [name, JSON.parse(value) as Json];
  } catch {
    return [name, value];
  }
}
