import { show } from '../../base/index.ts';
import type { BoxSpec, Spec } from '../environments/environment.ts';
import { box, discrete } from '../environments/specs.ts';

/** Bounds as `serve.py` writes them: null is none. */
type Bounds = readonly (number | null)[];

/** A space of observations as `serve.py` describes it. */
export interface ObservationSpace {
  readonly space: string;
  readonly low: Bounds;
  readonly high: Bounds;
}

/** A space of actions as `serve.py` describes it. */
export type ActionSpace =
  | { readonly kind: 'discrete'; readonly space: string; readonly size: number }
  | { readonly kind: 'box'; readonly space: string; readonly low: Bounds; readonly high: Bounds };

/** An environment that was made, as `serve.py` describes it. */
export interface MadeEnvironment {
  readonly environment: number;
  readonly observation: ObservationSpace;
  readonly action: ActionSpace;
}

/**
 * Lists of finite numbers with the bounds of the space. Values outside are taken too: Gymnasium
 * does not enforce them, and environments of its own exceed them, LunarLander-v3 among them.
 */
export function observationSpec({ low, high }: ObservationSpace): BoxSpec {
  const spec = boxOf(low, high);
  const size = low.length;
  const rule = `a list of ${size} finite numbers`;
  const includes = (value: unknown): value is readonly number[] =>
    Array.isArray(value) && value.length === size && value.every(Number.isFinite);
  return {
    ...spec,
    rule,
    includes,
    validate(name, value) {
      if (includes(value)) return value;
      throw new RangeError(`${name}: expected ${rule}, got ${show(value)}`);
    },
  };
}

/**
 * The action that an environment is given: numbers of a list are clipped to their bounds, as
 * Stable-Baselines3 does, since a policy of normals exceeds them.
 * @throws RangeError for an action of another kind
 */
export function actionWithin(spec: Spec<unknown>, name: string, action: unknown): number | readonly number[] {
  if (spec.kind === 'discrete') return (spec as Spec<number>).validate(name, action);
  const { low, high } = spec as BoxSpec;
  if (!Array.isArray(action) || action.length !== low.length || !action.every(Number.isFinite))
    throw new RangeError(`${name}: expected a list of ${low.length} finite numbers, got ${show(action)}`);
  return action.map((number: number, i) => Math.min(high[i]!, Math.max(low[i]!, number)));
}

/** The actions that an agent chooses among. */
export function actionSpec(space: ActionSpace): Spec<number> | Spec<readonly number[]> {
  return space.kind === 'discrete' ? discrete(space.size) : boxOf(space.low, space.high);
}

function boxOf(low: Bounds, high: Bounds): BoxSpec {
  return box(
    low.map((bound) => bound ?? -Infinity),
    high.map((bound) => bound ?? Infinity),
  );
}
