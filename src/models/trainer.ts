import type { OperatorFunction } from 'rxjs';
import { given, monotonicSeconds, oneOf, positiveNumber, show, wholeNumber } from '../base/index.ts';
import {
  type Engine,
  flattenTree,
  type Key,
  keyOf,
  type Session,
  type Tree,
  type Value,
} from '../engine/index.ts';
import { type Gate, type Latest, learn, type Step, type StepEvent } from '../streams/index.ts';
import { asTree } from './as-tree.ts';
import { NonFiniteLossError } from './errors.ts';
import { withRateFactor } from './rate-factor.ts';
import { requireFinite } from './require-finite.ts';
import { requireOwnState } from './require-own-state.ts';
import { sampleInputs } from './sample-inputs.ts';
import type { Batch, SampleRequest, System } from './system.ts';

/** All of a trainer that must be kept for it to go on elsewhere. */
export interface Saved {
  readonly tensors: Tree<Value>;
  readonly state: {
    /** The number of steps that are done, which is the index of the next one. */
    readonly index: number;
    readonly seed: number;
    readonly system: string;
    /** The metrics of each player's last step, for gate rules. */
    readonly latest?: Readonly<Record<string, StepEvent['values']>>;
    /** The number of steps that each player has done, where programs depend on it. */
    readonly counts?: Readonly<Record<string, number>>;
    /** What the learning rates are multiplied with; 1 where absent. */
    readonly rateFactor?: number;
    /** The text of the plan of its phases (`phases(...).text`), where it has one. */
    readonly plan?: string;
  };
}

/** What `save` gave, as it comes back from a checkpoint file. */
export interface LoadedState {
  /** By path, such as `critic/weights/0/kernel`. */
  readonly tensors: ReadonlyMap<string, Value>;
  readonly state: Readonly<Record<string, unknown>>;
}

/** The key by which the samples of a seed are drawn. @throws RangeError */
export function sampleKey(seed: number): Key {
  return keyOf(wholeNumber('sample: seed', seed), 'samples');
}

/** A system on an engine: learns from steps, can be sampled, saved and restored. */
export class Trainer<Player extends string = string> {
  readonly system: System<Player>;
  readonly seed: number;
  readonly #plan: string | undefined;
  readonly #session: Session;
  #index = 0;
  #latest: Readonly<Record<string, StepEvent['values']>> = {};
  #counts: Readonly<Record<string, number>> = {};
  #rateFactor = 1;
  #failure: NonFiniteLossError | undefined;

  constructor(system: System<Player>, engine: Engine, seed: number, plan?: string) {
    this.system = system;
    this.#plan = plan;
    this.seed = wholeNumber('train: seed', seed);
    this.#session = engine.open(system.init(keyOf(seed, `${system.name}/init`)));
  }

  /** The index of the next step. */
  get index(): number {
    return this.#index;
  }

  /**
   * The metrics of a player's last step; undefined before its first. Saved and restored with the
   * rest.
   */
  readonly latest: Latest = (player) => this.#latest[player];

  /**
   * Multiplies the learning rates of all players, from the next step on. It is part of what is
   * saved.
   */
  get rateFactor(): number {
    return this.#rateFactor;
  }

  /** @throws RangeError when it is not a finite number above 0 */
  set rateFactor(factor: number) {
    this.#rateFactor = positiveNumber('rateFactor', factor);
  }

  /**
   * The operator that learns: takes steps with batches and emits step events.
   * @param gate of the pump, for engines that answer with a promise
   */
  learn(gate?: Gate): OperatorFunction<Step<Batch>, StepEvent> {
    return learn((step: Step<Batch>) => this.step(step), gate);
  }

  /**
   * One step of one player. All that is random in it is drawn by (seed, system, index). A step that
   * gives a value which is no number is the last one, until the trainer is restored.
   * @throws RangeError for a step out of order or an unknown player, NonFiniteLossError
   */
  step(step: Step<Batch>): StepEvent | Promise<StepEvent> {
    const { system } = this;
    if (this.#failure !== undefined) throw this.#failure;
    if (step.index !== this.#index)
      throw new RangeError(`train: expected step ${this.#index}, got ${step.index}`);
    const player = oneOf('train: player', step.player, system.players);
    const began = monotonicSeconds();
    const key = keyOf(this.seed, system.name, step.index);
    const program = system.programAt?.(player, this.#counts[player] ?? 0) ?? system.programs[player];
    const inputs = withRateFactor(program, system.inputs({ ...step, player }, key), this.#rateFactor);
    const outputs = this.#session.run(program, inputs);
    return outputs instanceof Promise
      ? outputs.then((values) => this.#finish(step, began, values))
      : this.#finish(step, began, outputs);
  }

  #finish({ index, player, phase }: Step<Batch>, began: number, outputs: Tree<Value>): StepEvent {
    const values: Record<string, number> = {};
    for (const [name, { data }] of flattenTree(outputs)) {
      values[name] = data[0]!;
      if (!Number.isFinite(data[0])) {
        this.#failure = new NonFiniteLossError(player, index, name, data[0]!);
        throw this.#failure;
      }
    }
    this.#index = index + 1;
    this.#latest = { ...this.#latest, [player]: values };
    if (this.system.programAt) this.#counts = { ...this.#counts, [player]: (this.#counts[player] ?? 0) + 1 };
    return { index, player, seconds: monotonicSeconds() - began, values, ...(phase && { phase }) };
  }

  /**
   * Samples, [count, ...shape]. The same seed gives the same noise at every stage of training, and
   * a sample has the same noise whatever the count.
   * @param request what all of them are to be of, and made from
   * @throws RangeError for a request that the system does not know
   */
  async sample(count: number, seed = 0, request: SampleRequest = {}): Promise<Value> {
    return this.sampleFrom(this.sampleInputs(count, seed, request));
  }

  /** The inputs by which `sample` draws, for `sampleFrom`. @throws as `sample` does */
  sampleInputs(count: number, seed = 0, request: SampleRequest = {}): Tree<Value> {
    wholeNumber('sample: count', count, 1);
    return sampleInputs(this.system, count, sampleKey(seed), request);
  }

  /**
   * Samples of chosen noise and conditions, named and shaped as `system.samplerInputs` gives them.
   */
  async sampleFrom(inputs: Tree<Value>): Promise<Value> {
    const outputs = await this.#session.run(this.system.sampler, inputs);
    return outputs.samples as Value;
  }

  /** A copy of the state as it is, be its numbers finite or not. */
  tensors(): Tree<Value> {
    return this.#session.read();
  }

  /**
   * A copy of all that the next step depends on.
   * @throws NonFiniteLossError when the last step gave one, NonFiniteStateError naming the tensor
   */
  save(): Saved {
    if (this.#failure !== undefined) throw this.#failure;
    const { seed, system } = this;
    const index = this.#index;
    const tensors = this.tensors();
    requireFinite(tensors, index);
    const plan = given({ plan: this.#plan });
    const counts = system.programAt && { counts: this.#counts };
    const saved = { index, seed, system: system.name, latest: this.#latest, ...plan, ...counts };
    const factor = this.#rateFactor;
    return { tensors, state: factor === 1 ? saved : { ...saved, rateFactor: factor } };
  }

  /**
   * Puts the trainer where it was when `saved` was made.
   * @param saved what `save` gave, or the same as a checkpoint file has it, with the tensors by
   * path
   * @throws RangeError when it is of another system, seed or plan, or its tensors do not fit
   */
  restore(saved: Saved | LoadedState): void {
    const state = saved.state as Saved['state'];
    requireOwnState(state, this.system.name, this.seed);
    if (state.plan !== this.#plan)
      throw new RangeError(
        `restore: plan: expected ${show(this.#plan ?? 'no phases')}, got ${show(state.plan ?? 'no phases')}`,
      );
    const index = wholeNumber('restore: index', state.index);
    const counts = countsOf(this.system, state);
    this.rateFactor = state.rateFactor ?? 1;
    this.#session.write(asTree(saved.tensors, () => this.tensors()));
    this.#index = index;
    this.#latest = state.latest ?? {};
    this.#counts = counts;
    this.#failure = undefined;
  }

  /** Releases what the trainer holds on its engine. */
  close(): void {
    this.#session.close();
  }
}

/** The number of steps of each player in a saved state. @throws RangeError where one is wrong */
function countsOf({ programAt, players }: System, { counts }: Saved['state']): Saved['state']['counts'] & {} {
  if (programAt === undefined) return {};
  return Object.fromEntries(
    players.map((player) => [player, wholeNumber(`restore: counts of ${player}`, counts?.[player] ?? 0, 0)]),
  );
}

/**
 * A system on an engine, at its first step. `seed` decides its first weights and all noise. `plan`,
 * the text of a `phases(...)`, is saved and compared, so that a run resumes with the same plan.
 */
export function train<Player extends string>(
  system: System<Player>,
  engine: Engine,
  { seed = 0, plan }: { readonly seed?: number; readonly plan?: string } = {},
): Trainer<Player> {
  return new Trainer(system, engine, seed, plan);
}
