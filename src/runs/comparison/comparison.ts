import { basename } from 'node:path';
import { unknownName } from '../../base/index.ts';
import { isBetter, type ScoreName, scoreTable } from '../../evaluation/index.ts';
import type { ComparedRun } from './compared-run.ts';

/** One value of all runs. */
export interface ComparedValue {
  /** `fid`, or `critic/loss` */
  readonly name: string;
  /** Whether it is a score of evaluations. */
  readonly score: boolean;
  /** By run; undefined where the run has none. */
  readonly cells: readonly (ComparedCell | undefined)[];
}

/** One value of a run: the last, and the best of a score. */
export interface ComparedCell {
  readonly last: number;
  /** The best value and its step, of a score. */
  readonly best?: { readonly value: number; readonly index: number };
}

/** The scores that are compared by default. */
const usual = ['critic/loss', 'critic/wasserstein', 'generator/loss', 'agent/return'];

/**
 * The values of several runs side by side.
 * @param names such as `fid`, `loss` (of all players) or `critic/loss`; without them all scores,
 * and the usual losses. Scores that `incomparable` sets apart are left out.
 * @throws RangeError for a name that no run has
 */
export function comparison(runs: readonly ComparedRun[], names?: readonly string[]): ComparedValue[] {
  const keys = [...new Set(runs.flatMap(({ curves }) => [...curves.keys()]))];
  const chosen = names === undefined ? preset(keys) : names.flatMap((name) => matching(keys, name));
  const apart = incomparable(runs);
  return [...new Set(chosen)].map((key) => comparedValue(runs, key, apart));
}

function preset(keys: readonly string[]): string[] {
  return [
    ...keys.filter((key) => key.startsWith('evaluation/')),
    ...usual.filter((key) => keys.includes(key)),
  ];
}

function matching(keys: readonly string[], name: string): string[] {
  const found = keys.filter((key) => key === name || key.endsWith(`/${name}`));
  if (found.length > 0) return found;
  const short = [...new Set(keys.map((key) => key.replace(/^evaluation\//, '')))];
  throw new RangeError(unknownName('values', name, short));
}

function comparedValue(
  runs: readonly ComparedRun[],
  key: string,
  apart: readonly (Incomparable | undefined)[],
): ComparedValue {
  const score = key.startsWith('evaluation/');
  const name = score ? key.slice('evaluation/'.length) : key;
  return {
    name,
    score,
    cells: runs.map((run, i) =>
      score && apart[i] !== undefined && !(apart[i].what === 'features' && unseen.includes(name))
        ? undefined
        : cellOf(run, key, score && name in scoreTable ? (name as ScoreName) : undefined),
    ),
  };
}

function cellOf(
  { curves, evaluations }: ComparedRun,
  key: string,
  score: ScoreName | undefined,
): ComparedCell | undefined {
  const last = curves.get(key)?.at(-1)?.[1];
  if (last === undefined || score === undefined) return last === undefined ? undefined : { last };
  const scored = evaluations.flatMap(({ index, values }) => {
    const value = values[score];
    return value === undefined ? [] : [{ index, value }];
  });
  const best = scored.reduce((before, now) => (isBetter(score, now.value, before.value) ? now : before));
  return { last: scored.at(-1)!.value, best };
}

/**
 * On how much a run was scored, which moves some scores (a FID of fewer samples is higher);
 * undefined where it was not scored, or by a script.
 */
export function scoredOn({ config, evaluations }: ComparedRun): string | undefined {
  if (evaluations.length === 0) return undefined;
  if (scorerOf({ config }) !== 'weir') return undefined;
  const { samples = 2000, episodes = 100 } = config.evaluation ?? {};
  return evaluations[0]!.values.returnMean === undefined ? `${samples} samples` : `${episodes} episodes`;
}

/** Why scores of a run mean something else than those of the first run that has scores. */
export interface Incomparable {
  readonly what: 'data' | 'features' | 'scorer';
  /** The data, the features, or the script by which the run was scored. */
  readonly got: string;
}

/** Scores of pixels, which no feature network sees. */
const unseen = ['slicedWasserstein'];

/**
 * By run: why its scores cannot be compared with those of the first scored run; undefined where
 * they can, or where it has none. Under other features, scores of pixels still can.
 */
export function incomparable(runs: readonly ComparedRun[]): (Incomparable | undefined)[] {
  const scored = ({ evaluations }: ComparedRun) => evaluations.length > 0;
  const first = runs.find(scored);
  return runs.map((run) => {
    if (first === undefined || !scored(run)) return undefined;
    for (const [what, of] of [
      ['scorer', scorerOf],
      ['data', dataOf],
      ['features', featuresOf],
    ] as const)
      if (of(run) !== of(first)) return { what, got: of(run) };
    return undefined;
  });
}

/** What scores a run: a script with a learner of its own computes its scores itself. */
function scorerOf({ config: { script, batch } }: Pick<ComparedRun, 'config'>): string {
  return script === undefined || batch !== undefined ? 'weir' : script;
}

function dataOf({ config: { data } }: ComparedRun): string {
  return basename(data.replace(/^[^:]*:/, ''));
}

function featuresOf({ config: { evaluation } }: ComparedRun): string {
  return evaluation?.hash === undefined ? 'none' : evaluation.hash;
}
