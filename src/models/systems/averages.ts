import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, isRecord } from '../../base/index.ts';
import { mapTree, type Tree, Value } from '../../engine/index.ts';
import { movingAverage } from '../optimizers/moving-average.ts';

/** A decay that rises to its value over the updates, made by `warmedUp`. */
export interface WarmedDecay {
  readonly warmedUp: number;
}

/** The decay of a moving average, from 0 to below 1: constant, or rising. */
export type AverageDecay = number | WarmedDecay;

/**
 * The decay min(decay, (1 + n) / (10 + n)) at update n of an average, from 0, so that the first
 * weights do not stay in it long: the ramp of TensorFlow's `ExponentialMovingAverage` with
 * `num_updates`. A decay of 0.999 is reached at update 8,990.
 * @throws RangeError for a decay that is not from 0 to below 1
 */
export function warmedUp(decay: number): WarmedDecay {
  return { warmedUp: checkDecay('warmedUp', decay) as number };
}

/** Refuses a decay that is not from 0 to below 1. @throws RangeError naming it */
export function checkDecay(name: string, decay: AverageDecay): AverageDecay {
  finiteNumber(name, isRecord(decay) ? decay.warmedUp : decay, 0, 1 - 1e-9);
  return decay;
}

/** A network with a moving average of its weights. */
export interface Averaged<Name extends string = string> {
  readonly of: Name;
  readonly decay: AverageDecay;
}

/** One average, whose state is `average`, or a list, whose states are `average/<name>`. */
export type AverageRule<Name extends string = string> = Averaged<Name> | readonly Averaged<Name>[];

/** The averages of a rule. */
export function averagesOf<Name extends string>(
  rule: AverageRule<Name> | undefined,
): readonly Averaged<Name>[] {
  return rule === undefined ? [] : isList(rule) ? rule : [rule];
}

/**
 * The branch `average` of the first state: copies of the first weights; and `averaged/<name>`, the
 * number of updates of each average whose decay depends on it.
 */
export function firstAverages<Name extends string>(
  rule: AverageRule<Name> | undefined,
  weightsOf: (name: Name) => Tree<Value>,
): Tree<Value> {
  if (rule === undefined) return {};
  // A copy of its own for each leaf, so that nothing in a state is shared.
  const copy = ({ dtype, shape, data }: Value) => new Value(dtype, shape, data.slice());
  const first = ({ of }: Averaged<Name>) => mapTree(weightsOf(of), copy);
  const warmed = averagesOf(rule).filter(({ decay }) => typeof decay !== 'number');
  return {
    average: isList(rule) ? Object.fromEntries(rule.map((one) => [one.of, first(one)])) : first(rule),
    ...(warmed.length > 0 && {
      averaged: Object.fromEntries(warmed.map(({ of }) => [of, Value.scalar(0)])),
    }),
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
  const own = averagesOf(rule).filter(({ of }) => trains.includes(of));
  if (own.length === 0) return state;
  const updates = (state.averaged ?? {}) as Readonly<Record<string, Tensor>>;
  const moved = own.map(({ of, decay }) => {
    const { weights } = state[of] as { readonly weights: Tree<Tensor> };
    const now = typeof decay === 'number' ? decay : rampedDecay(decay.warmedUp, updates[of]!);
    return [of, movingAverage(averageOf(rule, state, of)!, weights, now)] as const;
  });
  const counted = own
    .filter(({ of }) => updates[of] !== undefined)
    .map(({ of }) => [of, tf.add(updates[of]!, 1)] as const);
  const average = isList(rule)
    ? { ...(state.average as Tree<Tensor>), ...Object.fromEntries(moved) }
    : moved[0]![1];
  return {
    ...state,
    average,
    ...(counted.length > 0 && { averaged: { ...updates, ...Object.fromEntries(counted) } }),
  };
}

const rampedDecay = (decay: number, updates: Tensor): Tensor =>
  tf.minimum(decay, tf.div(tf.add(updates, 1), tf.add(updates, 10)));

const isList = <Name extends string>(
  rule: AverageRule<Name> | undefined,
): rule is readonly Averaged<Name>[] => Array.isArray(rule);
