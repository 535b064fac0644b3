import { show, wholeNumber } from '../../base/index.ts';
import type { Key } from '../../engine/index.ts';
import type {
  BoxSpec,
  DiscreteSpec,
  Environment,
  EnvironmentStep,
  Json,
  Restart,
  Spec,
} from './environment.ts';
import type { Scene } from './scene.ts';
import { discrete } from './specs.ts';

/** Where the cells of each number begin and end; the bounds of the environment where absent. */
export interface Bounds {
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/**
 * Observations of a box as the number of the cell that they fall into, so that a table can hold
 * them: each number is cut into so many equal bins, and what lies beyond counts to the nearest bin.
 * The last number changes fastest.
 * @param bins for each number of an observation
 * @throws RangeError when there are not as many bins as numbers, or a bound is infinite, TypeError
 * when it is no box
 */
export function discretised<Action>(
  inner: Environment<readonly number[], Action>,
  bins: readonly number[],
  bounds: Bounds = {},
): Environment<number, Action> {
  return new Discretised(inner, bins, bounds);
}

class Discretised<Action> implements Environment<number, Action> {
  readonly name: string;
  readonly observation: DiscreteSpec;
  readonly action: Spec<Action>;
  readonly #inner: Environment<readonly number[], Action>;
  readonly #bins: readonly number[];
  readonly #low: readonly number[];
  readonly #widths: readonly number[];

  constructor(inner: Environment<readonly number[], Action>, bins: readonly number[], bounds: Bounds) {
    const spec = inner.observation as BoxSpec;
    if (spec.kind !== 'box')
      throw new TypeError(`discretised: expected an environment with a box, got ${inner.name}`);
    const [low, high] = [bounds.low ?? spec.low, bounds.high ?? spec.high];
    for (const [name, list] of Object.entries({ bins, low, high }))
      if (list.length !== spec.low.length)
        throw new RangeError(
          `discretised: ${name}: expected ${spec.low.length} numbers for ${inner.name}, got ${show(list)}`,
        );
    for (const count of bins) wholeNumber('discretised: bins', count, 1);
    this.#widths = low.map((from, i) => (high[i]! - from) / bins[i]!);
    if (!this.#widths.every((width) => Number.isFinite(width) && width > 0))
      throw new RangeError(
        `discretised: expected finite bounds, each low below its high, got ${show(low)} and ${show(high)}`,
      );
    this.name = inner.name;
    this.observation = discrete(bins.reduce((product, count) => product * count, 1));
    this.action = inner.action;
    this.#inner = inner;
    this.#bins = bins;
    this.#low = low;
  }

  #cell(observation: readonly number[]): number {
    let cell = 0;
    for (let i = 0; i < this.#bins.length; i++) {
      const last = this.#bins[i]! - 1;
      const bin = Math.floor((observation[i]! - this.#low[i]!) / this.#widths[i]!);
      cell = cell * (last + 1) + (bin < 0 ? 0 : bin > last ? last : bin);
    }
    return cell;
  }

  reset(key: Key): Restart<number> {
    return { kind: 'restart', observation: this.#cell(this.#inner.reset(key).observation) };
  }

  step(action: Action): EnvironmentStep<number> {
    const { kind, reward, observation } = this.#inner.step(action);
    return { kind, reward, observation: this.#cell(observation) };
  }

  scene(): Scene | undefined {
    return this.#inner.scene?.();
  }

  save(): Json {
    return this.#inner.save();
  }

  restore(saved: Json): void {
    this.#inner.restore(saved);
  }
}
