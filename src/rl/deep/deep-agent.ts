import { map, type OperatorFunction } from 'rxjs';
import {
  monotonicSeconds,
  type OptionNames,
  positiveNumber,
  requireMember,
  requireOptions,
  wholeNumber,
} from '../../base/index.ts';
import { type Engine, keyOf, type Session, type Tree, type Value } from '../../engine/index.ts';
import {
  asTree,
  type LoadedState,
  NonFiniteLossError,
  requireFinite,
  requireOwnState,
  type Saved,
  withRateFactor,
} from '../../models/index.ts';
import { type Gate, learn, type Numbered, type StepEvent } from '../../streams/index.ts';
import type { Json } from '../environments/environment.ts';
import type { ReplayMemory } from '../replay/replay-memory.ts';
import type { Played } from '../streams/experience.ts';
import type { DeepActor, Method, StepContext } from './method.ts';
import type { EndedEpisode, Rollout } from './rollout.ts';
import { runAll } from './run-all.ts';
import type { VectorEnvironment } from './vector-environment.ts';

const player = 'agent';

/** What an agent plays in and remembers. All of it is saved and restored with the agent. */
export interface DeepAgentOptions<Action> {
  readonly environments: VectorEnvironment<Action>;
  /** Where a method learns from more than the last rollout. */
  readonly memory?: ReplayMemory;
  /** Decides the first weights and all that the agent draws. @default 0 */
  readonly seed?: number;
}

const names: OptionNames<DeepAgentOptions<unknown>> = { environments: true, memory: true, seed: true };

/** All of a deep agent that the next step depends on. */
export interface SavedDeepAgent extends Saved {
  readonly state: Saved['state'] & { readonly environments: Json };
}

/**
 * A method on an engine: plays in its environments, learns from what it has played, can be saved
 * and restored.
 */
export class DeepAgent<Experience, Action, R extends Rollout = Rollout> {
  readonly method: Method<Experience, Action, R>;
  readonly seed: number;
  readonly environments: VectorEnvironment<Action>;
  readonly memory: ReplayMemory | undefined;
  readonly #session: Session;
  readonly #actor: DeepActor<Action, R>;
  #index = 0;
  #rateFactor = 1;
  #failure: NonFiniteLossError | undefined;
  /** The index of the last rollout and its seconds, which its step event includes. */
  #played = { index: -1, seconds: 0 };

  /**
   * An agent before its first step.
   * @throws TypeError, RangeError naming the option that is wrong
   */
  constructor(method: Method<Experience, Action, R>, engine: Engine, options: DeepAgentOptions<Action>) {
    requireOptions('DeepAgent', options, names);
    requireMember('DeepAgent: method', 'a method, as dqn({ ... })', method, 'init', 'actor', 'learn');
    const { environments, memory, seed = 0 } = options;
    const expected = 'a VectorEnvironment';
    requireMember('DeepAgent: environments', expected, environments, 'collect', 'save');
    this.method = method;
    this.environments = environments;
    this.memory = memory;
    this.seed = wholeNumber('DeepAgent: seed', seed);
    const state = method.init(keyOf(seed, `${method.name}/init`));
    this.#session = engine.open(state);
    this.#actor = method.actor();
    this.#actor.load(method.weights(state));
  }

  /** The index of the next step. */
  get index(): number {
    return this.#index;
  }

  /** Multiplies the learning rate from the next step on. It is part of what is saved. */
  get rateFactor(): number {
    return this.#rateFactor;
  }

  /** @throws RangeError when it is not a finite number above 0 */
  set rateFactor(factor: number) {
    this.#rateFactor = positiveNumber('rateFactor', factor);
  }

  /** Plays the rollout of a step; the weights do not change. */
  collect(index: number): R {
    const began = monotonicSeconds();
    const rollout = this.#actor.collect(this.environments, this.#moment(index, 'play'));
    this.#played = { index, seconds: monotonicSeconds() - began };
    return rollout;
  }

  /** What the agent takes for the best action. */
  greedy(observation: ArrayLike<number>): Action {
    return this.#actor.best(observation);
  }

  /** The operator that plays: every tick becomes the rollout of its step. */
  rollouts(): OperatorFunction<Numbered<unknown>, Numbered<R>> {
    return map(({ index }: Numbered<unknown>) => ({ index, batch: this.collect(index) }));
  }

  /**
   * The operator that learns: experience goes in, events of plain numbers come out.
   * @param gate of the pump, for engines that answer with a promise
   */
  learn(gate?: Gate): OperatorFunction<Numbered<Experience>, StepEvent> {
    return learn((step: Numbered<Experience>) => this.step(step), gate);
  }

  /**
   * Learns in one step. A step that gives a value which is no number is the last one, until the
   * agent is restored.
   * @throws RangeError for a step out of order, NonFiniteLossError
   */
  step({ index, batch }: Numbered<Experience>): StepEvent | Promise<StepEvent> {
    if (this.#failure !== undefined) throw this.#failure;
    if (index !== this.#index) throw new RangeError(`DeepAgent: expected step ${this.#index}, got ${index}`);
    const began = monotonicSeconds();
    const finish = (values: Record<string, number>): StepEvent => {
      this.#require(values);
      this.#index = index + 1;
      const playing = this.#played.index === index ? this.#played.seconds : 0;
      return { index, player, seconds: playing + monotonicSeconds() - began, values };
    };
    const run: Session['run'] = (program, inputs) =>
      this.#session.run(program, withRateFactor(program, inputs, this.#rateFactor));
    const values = runAll(this.#step(batch, index), { run });
    return values instanceof Promise ? values.then(finish) : finish(values);
  }

  *#step(batch: Experience, index: number) {
    const values = yield* this.method.learn(batch, this.#moment(index, 'learn'));
    this.#actor.load(yield { program: this.method.acting, inputs: {} });
    return values;
  }

  #moment(index: number, what: string): StepContext {
    return { index, key: keyOf(this.seed, `${this.method.name}/${what}`, index) };
  }

  #require(values: Record<string, number>): void {
    for (const [name, value] of Object.entries(values)) {
      if (Number.isFinite(value)) continue;
      this.#failure = new NonFiniteLossError(player, this.#index, name, value);
      throw this.#failure;
    }
  }

  /** A copy of what the agent holds on its engine, whatever it is worth. */
  tensors(): Tree<Value> {
    return this.#session.read();
  }

  /**
   * A copy of all that the next step depends on: the agent, its environments and its memory.
   * @throws NonFiniteLossError when the last step gave one, NonFiniteStateError naming the tensor
   */
  save(): SavedDeepAgent {
    if (this.#failure !== undefined) throw this.#failure;
    const index = this.#index;
    const agent = this.tensors();
    requireFinite(agent, index);
    const state = {
      index,
      seed: this.seed,
      system: this.method.name,
      environments: this.environments.save(),
    };
    const factor = this.#rateFactor;
    return { tensors: this.#tree(agent), state: factor === 1 ? state : { ...state, rateFactor: factor } };
  }

  /**
   * Puts the agent where it was when `saved` was made.
   * @param saved what `save` gave, or the same as a checkpoint file has it, with the tensors by
   * path
   * @throws RangeError when it is of another method or seed, or its tensors do not fit
   */
  restore({ tensors, state: loaded }: SavedDeepAgent | LoadedState): void {
    const state = loaded as SavedDeepAgent['state'];
    requireOwnState(state, this.method.name, this.seed);
    const index = wholeNumber('restore: index', state.index);
    const { agent, memory } = asTree(tensors, () => this.#tree(this.tensors())) as Readonly<
      Record<string, Tree<Value>>
    >;
    this.rateFactor = state.rateFactor ?? 1;
    this.#session.write(agent!);
    this.#actor.load(this.method.weights(agent!));
    this.memory?.restore(memory!);
    this.environments.restore(state.environments);
    this.#index = index;
    this.#failure = undefined;
  }

  #tree(agent: Tree<Value>): Tree<Value> {
    return this.memory === undefined ? { agent } : { agent, memory: this.memory.save() };
  }

  /** Calls `heard`, and no other any more, with every episode that ends from now on. */
  onEpisode(heard: (episode: EndedEpisode) => void): void {
    this.environments.onEpisode(heard);
  }

  /** What was played in this process. */
  played(): Played {
    return this.environments.played();
  }

  /** Releases what the agent and its environments hold on the engine and outside of memory. */
  close(): void {
    this.environments.close();
    this.#actor.close?.();
    this.#session.close();
  }
}
