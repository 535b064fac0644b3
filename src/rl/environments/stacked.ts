import { wholeNumber } from '../../base/index.ts';
import type { Key } from '../../engine/index.ts';
import type { BoxSpec, Environment, EnvironmentStep, Json, Restart } from './environment.ts';
import { box } from './specs.ts';

/**
 * The last `count` observations as one, the oldest first, so that velocities can be inferred from
 * positions. At the start of an episode the first observation is repeated for those that are
 * missing.
 * @throws RangeError when `count` is not a whole number from 1, TypeError when observations are no
 * box
 */
export function stacked<Action>(
  inner: Environment<readonly number[], Action>,
  count: number,
): Environment<readonly number[], Action> {
  const spec = inner.observation as BoxSpec;
  if (spec.kind !== 'box')
    throw new TypeError(`stacked: expected an environment with a box, got ${inner.name}`);
  wholeNumber('stacked: count', count, 1);
  const repeated = (bounds: readonly number[]) => Array.from({ length: count }, () => bounds).flat();
  let seen: readonly (readonly number[])[] = [];
  return {
    name: inner.name,
    observation: box(repeated(spec.low), repeated(spec.high)),
    action: inner.action,
    reset(key: Key): Restart<readonly number[]> {
      const { kind, observation } = inner.reset(key);
      seen = Array.from({ length: count }, () => observation);
      return { kind, observation: seen.flat() };
    },
    step(action: Action): EnvironmentStep<readonly number[]> {
      const { kind, reward, observation } = inner.step(action);
      seen = [...seen.slice(1), observation];
      return { kind, reward, observation: seen.flat() };
    },
    scene: () => inner.scene?.(),
    save: (): Json => ({ seen: seen.map((observation) => [...observation]), inner: inner.save() }),
    restore(saved: Json): void {
      const standing = saved as { readonly seen: typeof seen; readonly inner: Json };
      seen = standing.seen;
      inner.restore(standing.inner);
    },
  };
}
