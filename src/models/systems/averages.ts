import type { Tensor } from '@tensorflow/tfjs-core';
import { mapTree, type Tree, Value } from '../../engine/index.ts';
import { movingAverage } from '../optimizers/moving-average.ts';

/** A network with a moving average of its weights. */
export interface Averaged<Name extends string = string> {
  readonly of: Name;
  /** From 0 to below 1. */
  readonly decay: number;
}

/** One average, whose state is `average`, or a list, whose states are `average/<name>`. */
export type AverageRule<Name extends string = string> = Averaged<Name> | readonly Averaged<Name>[];

/** The averages of a rule. */
export function averagesOf<Name extends string>(
  rule: AverageRule<Name> | undefined,
): readonly Averaged<Name>[] {
  return rule === undefined ? [] : isList(rule) ? rule : [rule];
}

/** The branch `average` of the first state: copies of the first weights. */
export function firstAverages<Name extends string>(
  rule: AverageRule<Name> | undefined,
  weightsOf: (name: Name) => Tree<Value>,
): Tree<Value> {
  if (rule === undefined) return {};
  // A copy of its own for each leaf, so that nothing in a state is shared.
  const copy = ({ dtype, shape, data }: Value) => new Value(dtype, shape, data.slice());
  const first = ({ of }: Averaged<Name>) => mapTree(weightsOf(of), copy);
  return {
    average: isList(rule) ? Object.fromEntries(rule.map((one) => [one.of, first(one)])) : first(rule),
  };
}

/** The averaged weights of a network, where they are kept. */
export function averageOf<Name extends string>(
  rule: AverageRule<Name> | undefined,
  { average }: Tree<Tensor>,
  name: Name,
): Tree<Tensor> | undefined {
  if (!averagesOf(rule).some(({ of }) => of === name)) return undefined;
  return (isList(rule) ? (average as Tree<Tensor>)[name] : average) as Tree<Tensor>;
}

/** The state with the averages of what was trained moved towards it. */
export function withAverages<Name extends string>(
  rule: AverageRule<Name> | undefined,
  state: Tree<Tensor>,
  trains: readonly Name[],
): Tree<Tensor> {
  const moved = averagesOf(rule)
    .filter(({ of }) => trains.includes(of))
    .map(({ of, decay }) => {
      const { weights } = state[of] as { readonly weights: Tree<Tensor> };
      return [of, movingAverage(averageOf(rule, state, of)!, weights, decay)] as const;
    });
  if (moved.length === 0) return state;
  const average = isList(rule)
    ? { ...(state.average as Tree<Tensor>), ...Object.fromEntries(moved) }
    : moved[0]![1];
  return { ...state, average };
}

const isList = <Name extends string>(
  rule: AverageRule<Name> | undefined,
): rule is readonly Averaged<Name>[] => Array.isArray(rule);
