import type { Key } from '../../engine/index.ts';
import type { BoxSpec, Environment, EnvironmentStep, Json, Restart, Spec } from './environment.ts';
import type { Scene } from './scene.ts';

/**
 * The base of environments around another one. It passes everything on; a subclass overrides what
 * it changes: `observe` for observations, `step` for rewards and ends, `save` and `restore` for a
 * state of its own.
 */
export abstract class Wrapper<Inner, Observation, Action> implements Environment<Observation, Action> {
  readonly name: string;
  readonly observation: Spec<Observation>;
  readonly action: Spec<Action>;
  readonly inner: Environment<Inner, Action>;

  constructor(inner: Environment<Inner, Action>, observation: Spec<Observation>) {
    this.name = inner.name;
    this.observation = observation;
    this.action = inner.action;
    this.inner = inner;
  }

  /** The observation of this environment for one of the inner environment. */
  abstract observe(inner: Inner): Observation;

  reset(key: Key): Restart<Observation> {
    return { kind: 'restart', observation: this.observe(this.inner.reset(key).observation) };
  }

  step(action: Action): EnvironmentStep<Observation> {
    const { kind, reward, observation } = this.inner.step(action);
    return { kind, reward, observation: this.observe(observation) };
  }

  scene(): Scene | undefined {
    return this.inner.scene?.();
  }

  save(): Json {
    return this.inner.save();
  }

  restore(saved: Json): void {
    this.inner.restore(saved);
  }
}

/** The spec of box observations. @throws TypeError naming the wrapper for others */
export function boxOf<Action>(name: string, inner: Environment<readonly number[], Action>): BoxSpec {
  const { kind, rule } = inner.observation;
  if (kind === 'box') return inner.observation as BoxSpec;
  throw new TypeError(
    `${name}: expected an environment with a box, got ${inner.name}, whose observation is ${rule}`,
  );
}
