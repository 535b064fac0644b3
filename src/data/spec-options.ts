import { hintOf, show } from '../base/index.ts';

/** Options that any dataset takes, by their names behind a comma. */
const commonOptions = ['held-out', 'flip', 'rotate', 'crop', 'brightness', 'contrast'] as const;
/** Options that a format takes. */
const formatOptions: ReadonlyMap<string, readonly string[]> = new Map([
  ['csv', ['label', 'columns']],
  ['npy', ['labels']],
  ['npz', ['labels', 'array']],
]);
/** Options that stand without a value. */
const bare = ['flip'];

/** A spec of a dataset taken apart. */
export interface DataSpec {
  /** Without the options at its end. */
  readonly base: string;
  /** In the order in which they stand. */
  readonly options: ReadonlyMap<string, string>;
}

/**
 * Takes the options off the end of a spec: `folder:DIR,32,flip,crop=4` is `folder:DIR,32` with
 * `flip` and `crop`.
 * @throws RangeError for an option that the data does not take, one without its value, or one that
 * stands twice
 */
export function specOptions(spec: string): DataSpec {
  const known = [...(formatOptions.get(spec.replace(/:.*/s, '')) ?? []), ...commonOptions];
  const options = new Map<string, string>();
  let base = spec;
  for (;;) {
    const [, rest, name, value] = /^(.*),([a-z][a-z-]*)(?:=([^,]*))?$/s.exec(base) ?? [];
    if (rest === undefined || name === undefined) break;
    // `shapes:16,held-out` is a name of its own, and a path may end in a comma and a word.
    if (value === undefined && (!known.includes(name) || name === 'held-out')) break;
    if (!known.includes(name))
      throw new RangeError(
        `data: expected options ${known.join(', ')}, got ${show(name)} in ${show(spec)}${hintOf(name, known)}`,
      );
    if (options.has(name)) throw new RangeError(`data: expected ${name} once, got it twice in ${show(spec)}`);
    if (bare.includes(name) !== (value === undefined) || value === '')
      throw new RangeError(
        bare.includes(name)
          ? `data: expected ${name} without a value, got ${show(`${name}=${value}`)}`
          : `data: expected ${name}=VALUE, got ${show(name)} without a value in ${show(spec)}`,
      );
    options.set(name, value ?? '');
    base = rest;
  }
  return { base, options: new Map([...options].reverse()) };
}

/** A dataset of a mix and its weight: `folder:a,32*3`. */
export interface MixPart {
  readonly spec: string;
  readonly weight: number;
}

/**
 * The parts of `A*3+B`, the rest of a spec behind `mix:`.
 * @throws RangeError for less than two parts, or weights that are no numbers
 */
export function mixParts(rest: string): MixPart[] {
  const texts = rest.split('+');
  if (texts.length < 2 || texts.some((text) => text === '' || text.startsWith('*')))
    throw new RangeError(
      `data: expected mix:A*3+B with datasets whose names have no + and weights behind *, got ${show(`mix:${rest}`)}`,
    );
  return texts.map((text) => {
    const [, spec = text, weight = '1'] = /^(.*)\*([^*]*)$/s.exec(text) ?? [];
    if (!/^\d+$/.test(weight) || Number(weight) < 1)
      throw new RangeError(`data: expected weights that are whole numbers from 1, got ${show(text)}`);
    return { spec, weight: Number(weight) };
  });
}
