import { fold, normals, type Tree, uniforms, type Value } from '../../engine/index.ts';
import type { ActionBounds } from './gaussian-policy.ts';
import type { HostNetwork } from './host-network.ts';
import type { DeepActor, StepContext } from './method.ts';
import type { OffPolicy } from './off-policy.ts';
import type { Rollout } from './rollout.ts';
import type { VectorEnvironment } from './vector-environment.ts';

/** How the outputs of a policy network become number `i` of an action, from -1 to 1. */
export interface ActionRule {
  /**
   * @param noise a standard normal number
   * @param index of the step
   */
  explore(outputs: Float64Array, i: number, noise: number, index: number): number;
  best(outputs: Float64Array, i: number): number;
}

/** An action within its bounds for numbers from -1 to 1. */
export function scaledAction({ low, high }: ActionBounds, numberOf: (i: number) => number): number[] {
  return low.map((from, i) => {
    const to = high[i]!;
    const scaled = Math.fround(from + ((numberOf(i) + 1) / 2) * (to - from));
    return Math.min(to, Math.max(from, scaled));
  });
}

/**
 * Acts by a policy network with noise; in the first steps uniformly at random. A random number may
 * be held for some environment steps, which leads further away than one for each step. Holding ends
 * with the rollout.
 */
export class ContinuousActor implements DeepActor<readonly number[]> {
  readonly #network: HostNetwork;
  readonly #rule: ActionRule;
  readonly #options: OffPolicy;

  constructor(network: HostNetwork, rule: ActionRule, options: OffPolicy) {
    this.#network = network;
    this.#rule = rule;
    this.#options = options;
  }

  load(weights: Tree<Value>): void {
    this.#network.load(weights);
  }

  close(): void {
    this.#network.close?.();
  }

  best(observation: ArrayLike<number>): readonly number[] {
    const outputs = this.#network.run(observation);
    return scaledAction(this.#options.action, (i) => this.#rule.best(outputs, i));
  }

  collect(
    environments: VectorEnvironment<readonly number[]>,
    { index, key }: StepContext,
  ): Rollout<Float32Array> {
    const { rolloutSteps, hold, warmup, numbers, action: bounds } = this.#options;
    const { count } = environments;
    const rows = rolloutSteps * count;
    const random = index < warmup;
    const shape = [rows * numbers];
    const noise = (random ? uniforms(fold(key, 'act'), shape, -1, 1) : normals(fold(key, 'act'), shape)).data;
    const sources = hold > 1 ? held(rows, count, hold, uniforms(fold(key, 'hold'), [rows]).data) : undefined;
    const actions = new Float32Array(rows * numbers);
    return environments.collect(rolloutSteps, actions, (row, observations, at) => {
      const from = (sources?.[row] ?? row) * numbers;
      const outputs = random ? undefined : this.#network.run(observations, at);
      return scaledAction(bounds, (i) => {
        const number = noise[from + i]!;
        actions[row * numbers + i] = outputs ? this.#rule.explore(outputs, i, number, index) : number;
        return actions[row * numbers + i]!;
      });
    });
  }
}

/** The row whose noise each row takes. */
function held(rows: number, count: number, hold: number, lengths: ArrayLike<number>): Int32Array {
  const sources = new Int32Array(rows);
  const until = new Int32Array(count);
  for (let row = 0; row < rows; row++) {
    const environment = row % count;
    if (row < until[environment]!) sources[row] = sources[row - count]!;
    else {
      sources[row] = row;
      until[environment] = row + (1 + Math.floor(lengths[row]! * hold)) * count;
    }
  }
  return sources;
}
