import { requireMember, show, wholeNumber } from '../../base/index.ts';

/**
 * What an option must be. A script without a compiler may give anything, or leave it out.
 * @throws TypeError or RangeError with the name of the option, the rule and the value
 */
export type PartRule = (name: string, value: unknown) => void;

/** What the options of a system must be, by name. */
export type PartRules = Readonly<Record<string, PartRule>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** An object that has these members. */
function withMembers(expected: string, ...members: string[]): PartRule {
  return (name, value) => requireMember(name, expected, value, ...members);
}

/** An object with options of its own. */
function group(rules: PartRules): PartRule {
  return (name, value) => {
    if (!isObject(value))
      throw new TypeError(
        `${name}: expected an object with ${Object.keys(rules).join(', ')}, got ${show(value)}`,
      );
    for (const [member, rule] of Object.entries(rules)) rule(`${name}: ${member}`, value[member]);
  };
}

function listOf(rule: PartRule): PartRule {
  return (name, value) => {
    if (!Array.isArray(value)) throw new TypeError(`${name}: expected a list, got ${show(value)}`);
    value.forEach((item, i) => {
      rule(`${name}: ${i}`, item);
    });
  };
}

/** An object with any names, each value by the same rule. */
function namesTo(rule: PartRule): PartRule {
  return (name, value) => {
    if (!isObject(value)) throw new TypeError(`${name}: expected an object, got ${show(value)}`);
    for (const [key, each] of Object.entries(value)) rule(`${name}: ${key}`, each);
  };
}

/** An option that may be left out. */
function optional(rule: PartRule): PartRule {
  return (name, value) => value === undefined || rule(name, value);
}

const layer = withMembers('a layer such as dense(1)', 'init', 'apply');
const optimizer = withMembers('an optimiser such as adam({ rate: 0.001 })', 'init', 'update');
const noise = withMembers('a source of noise such as gaussian(2)', 'size', 'draw');
const list = listOf(() => {});
const method: PartRule = (name, value) => {
  if (typeof value !== 'function') throw new TypeError(`${name}: expected a function, got ${show(value)}`);
};
const count: PartRule = (name, value) => wholeNumber(name, value, 1);

/** The rules that the options of systems are made of. */
export const rule = {
  augmentations: optional(
    listOf(withMembers('an augmentation such as augmentColor()', 'name', 'draw', 'apply')),
  ),
  codes: withMembers('codes such as codes({ noise: 2, categories: 10 })', 'size', 'draw', 'categories'),
  count,
  gauges: optional(listOf(withMembers('a gauge such as spectralNorms()', 'read'))),
  group,
  /** Numbers of N(0, 1), or a source of noise. */
  latent: ((name, value) => (isObject(value) ? noise : count)(name, value)) as PartRule,
  layer,
  list,
  listOf,
  matchingLoss: withMembers('a loss such as matchingAware(nonSaturating())', 'critic', 'wrong'),
  method,
  namesTo,
  noise,
  optimizer,
  optimizers: (...players: string[]) =>
    group(Object.fromEntries(players.map((player) => [player, optimizer]))),
  optional,
  player: group({ trains: list, optimizer, loss: method }),
  rival: group({ trains: list, optimizer }),
  shape: listOf(count),
  sources: withMembers('images to make others from, with part, shape and draw', 'part', 'shape', 'draw'),
  terms: optional(listOf(withMembers('a term such as gradientPenalty()', 'add'))),
  value: withMembers('a Value', 'shape', 'data'),
  withMembers,
};

/**
 * Refuses options of a system that lack what it is made of, before they are taken apart.
 * @returns the options
 * @throws TypeError or RangeError with the name of the option, the rule and the value
 */
export function requireParts<Options extends object>(
  system: string,
  options: Options,
  rules: { readonly [Name in keyof Options]?: PartRule },
): Options {
  requireMember(system, 'an object of options', options);
  group(rules as PartRules)(system, options);
  return options;
}
