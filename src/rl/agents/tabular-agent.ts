import type { OperatorFunction } from 'rxjs';
import { finiteNumber, monotonicSeconds, positiveNumber, wholeNumber } from '../../base/index.ts';
import { type Key, keyOf, type Tree, Value } from '../../engine/index.ts';
import { asTree, type LoadedState, type NetworkProgram } from '../../models/index.ts';
import { learn, noMetrics, type StepEvent } from '../../streams/index.ts';
import { Draws } from '../environments/draws.ts';
import type { DiscreteSpec, Environment, Json, Spec } from '../environments/environment.ts';
import type { GreedyActor } from '../streams/evaluate-greedy.ts';
import type { Actor, Experience, Played } from '../streams/experience.ts';
import { type Interaction, interact } from '../streams/interact.ts';
import { type ActionValueRows, bestAction, bestValue } from './action-values.ts';
import { type Exploration, epsilonGreedy } from './exploration.ts';
import { type Scheduled, scheduled } from './schedules.ts';
import { tableProgram } from './table-program.ts';

/** Options of every tabular agent. */
export interface TabularOptions {
  /** Learning rate alpha: the fraction of the error by which a value is updated, from 0 to 1. */
  readonly alpha: Scheduled;
  /** Discount for each step, from 0 to 1. */
  readonly gamma: number;
  /** Greedy by default. */
  readonly explore?: Exploration;
  /**
   * The initial value of every action. Values above the possible returns are optimistic: the agent
   * tries all actions. @default 0
   */
  readonly initial?: number;
  /** Seed of all random draws of the agent and its environment. @default 0 */
  readonly seed?: number;
}

/** The saved state of an agent. */
export interface SavedAgent {
  readonly tensors: Tree<Value>;
  readonly state: {
    /** The number of steps that are done, which is the index of the next one. */
    readonly index: number;
    readonly seed: number;
    readonly agent: string;
    /** Sum of absolute errors and number of updates since the last episode ended. */
    readonly errors: readonly [sum: number, count: number];
    /** State of the method between two steps. */
    readonly memory: Json;
    /** The environment that the agent plays in, and its episode. */
    readonly environment: Json;
    /** Only where it is not 1. */
    readonly rateFactor?: number;
  };
}

/**
 * An agent with a table of float32 values for each state and action. A step is
 * one step in the environment; its event carries values when it ends an episode: return, length,
 * tdError (mean of its absolute errors), the gauge of its exploration, coverage (share of the table
 * that was ever updated). Its seconds are those of the last step that was timed.
 */
export abstract class TabularAgent implements Actor<number, number>, GreedyActor<number, number> {
  /** The name in events and checkpoints. */
  abstract readonly name: string;
  readonly states: number;
  readonly actions: number;
  readonly gamma: number;
  readonly seed: number;
  /** Plays: each tick becomes an environment step. It is saved and restored with the agent. */
  readonly interaction: Interaction<number, number>;
  /** Its table as a network, for the state `{ table: table() }`. */
  readonly networks: Readonly<Record<'q', NetworkProgram>>;
  protected readonly explore: Exploration;
  protected readonly draws = new Draws();
  protected readonly key: Key;
  /** The values that the policy uses: those of state s begin at `s * actions`. */
  protected values: ActionValueRows;
  readonly #alpha: (index: number) => number;
  readonly #visited: Uint8Array;
  #covered = 0;
  #index = 0;
  #rateFactor = 1;
  #errorSum = 0;
  #errorCount = 0;
  /** Start and duration of the step that was timed last. */
  #began = Number.NaN;
  #seconds = 0;

  constructor(environment: Environment<number, number>, options: TabularOptions) {
    this.states = sizeOf(environment, 'observation');
    this.actions = sizeOf(environment, 'action');
    this.#alpha = scheduled('alpha', options.alpha, 0, 1);
    this.gamma = finiteNumber('gamma', options.gamma, 0, 1);
    this.explore = options.explore ?? epsilonGreedy(0);
    this.seed = wholeNumber('seed', options.seed ?? 0);
    this.key = keyOf(this.seed, 'agent/act');
    this.networks = { q: tableProgram(this.states) };
    this.interaction = interact(environment, this, { seed: this.seed });
    this.values = new Float32Array(this.states * this.actions).fill(
      finiteNumber('initial', options.initial ?? 0),
    );
    this.#visited = new Uint8Array(this.values.length);
  }

  /** The index of the next step. */
  get index(): number {
    return this.#index;
  }

  /** Multiplies alpha, up to 1, from the next step on. It is part of what is saved. */
  get rateFactor(): number {
    return this.#rateFactor;
  }

  /** @throws RangeError when it is not a finite number above 0 */
  set rateFactor(factor: number) {
    this.#rateFactor = positiveNumber('rateFactor', factor);
  }

  act(state: number, index: number): number {
    return this.choose(state, index);
  }

  greedy(state: number): number {
    return bestAction(this.values, state * this.actions, this.actions);
  }

  /**
   * The value of the best action of each state; NaN where no value was ever updated.
   */
  stateValues(): Float32Array {
    return Float32Array.from({ length: this.states }, (_, state) => {
      const from = state * this.actions;
      const known = this.#visited.subarray(from, from + this.actions).includes(1);
      return known ? bestValue(this.values, from, this.actions) : Number.NaN;
    });
  }

  /** A copy of the values that the policy uses, [states, actions]. */
  table(): Value {
    return new Value('float32', [this.states, this.actions], this.values.slice());
  }

  /** The values of the actions in a state. */
  actionValues(state: number): readonly number[] {
    return [...this.values.subarray(state * this.actions, (state + 1) * this.actions)];
  }

  /** The operator that learns: experiences go in, events of plain numbers come out. */
  learn(): OperatorFunction<Experience<number, number>, StepEvent> {
    return learn((experience: Experience<number, number>) => this.step(experience));
  }

  /**
   * Learns from one experience.
   * @throws RangeError for one out of order
   */
  step(experience: Experience<number, number>): StepEvent {
    const { index } = experience;
    if (index !== this.#index)
      throw new RangeError(`${this.name}: expected step ${this.#index}, got ${index}`);
    this.update(experience, Math.min(1, this.#rateFactor * this.#alpha(index)));
    this.#index = index + 1;
    const values = experience.kind === 'transition' ? noMetrics : this.#endOfEpisode(experience);
    if (experience.began !== this.#began) {
      this.#began = experience.began;
      this.#seconds = monotonicSeconds() - this.#began;
    }
    return { index, player: this.name, seconds: this.#seconds, values };
  }

  /** Updates the table by an experience. */
  protected abstract update(experience: Experience<number, number>, alpha: number): void;

  /** Updates a value towards its target, in a table that is `values` or part of them. */
  protected move(table: ActionValueRows, at: number, target: number, alpha: number): void {
    const error = target - table[at]!;
    table[at] = table[at]! + alpha * error;
    this.#errorSum += Math.abs(error);
    this.#errorCount++;
    if (this.#visited[at] === 0) {
      this.#visited[at] = 1;
      this.#covered++;
    }
  }

  /** An action by the exploration, drawn for a step. */
  protected choose(state: number, index: number): number {
    const draws = this.draws.at(this.key, index);
    return this.explore.choose(this.values, state * this.actions, this.actions, index, draws);
  }

  #endOfEpisode({ index, length, return: total }: Experience<number, number>): StepEvent['values'] {
    const tdError = this.#errorCount === 0 ? 0 : this.#errorSum / this.#errorCount;
    this.#errorSum = 0;
    this.#errorCount = 0;
    const values: Record<string, number> = { return: total, length, tdError };
    values[this.explore.gauge] = this.explore.at(index);
    values.coverage = this.#covered / this.values.length;
    return values;
  }

  /** A copy of all that the next step depends on. */
  save(): SavedAgent {
    const shape = [this.states, this.actions];
    return {
      tensors: this.#tables(shape),
      state: {
        index: this.#index,
        seed: this.seed,
        agent: this.name,
        errors: [this.#errorSum, this.#errorCount],
        memory: this.saveMemory(),
        environment: this.interaction.save(),
        ...(this.#rateFactor !== 1 && { rateFactor: this.#rateFactor }),
      },
    };
  }

  /**
   * Restores the agent to the state in which `saved` was made.
   * @param saved what `save` gave, or the same as a checkpoint file has it, with the tensors by
   * path
   * @throws RangeError when it is of another agent, seed or size
   */
  restore({ tensors: loaded, state: saved }: SavedAgent | LoadedState): void {
    const state = saved as SavedAgent['state'];
    if (state.agent !== this.name)
      throw new RangeError(`restore: expected a state of ${this.name}, got one of ${state.agent}`);
    if (state.seed !== this.seed)
      throw new RangeError(`restore: expected seed ${this.seed}, got ${state.seed}`);
    const tensors = asTree(loaded, () => this.#tables([this.states, this.actions]));
    this.rateFactor = state.rateFactor ?? 1;
    this.restoreTables(tensors);
    this.fill(this.#visited, tensors.visited as Value, 'visited');
    this.#covered = this.#visited.reduce((sum, visited) => sum + visited, 0);
    [this.#errorSum, this.#errorCount] = state.errors;
    this.restoreMemory(state.memory);
    this.interaction.restore(state.environment);
    this.#index = wholeNumber('restore: index', state.index);
  }

  #tables(shape: readonly number[]): Tree<Value> {
    return { visited: new Value('bool', shape, this.#visited.slice()), ...this.saveTables(shape) };
  }

  /** What was played in this process. */
  played(): Played {
    return this.interaction.played();
  }

  /** An agent with a table holds nothing on an engine. */
  close(): void {}

  protected saveTables(shape: readonly number[]): Tree<Value> {
    return { values: new Value('float32', shape, this.values.slice()) };
  }

  protected restoreTables(tensors: Tree<Value>): void {
    this.fill(this.values, tensors.values as Value, 'values');
  }

  /** @throws RangeError when the sizes differ */
  protected fill(table: Float32Array | Uint8Array, value: Value, name: string): void {
    if (value?.data.length !== table.length)
      throw new RangeError(
        `restore: expected ${table.length} numbers for ${name}, got ${value?.data.length ?? 'none'}`,
      );
    table.set(value.data);
  }

  /** The state of the method between two steps. @default null */
  protected saveMemory(): Json {
    return null;
  }

  protected restoreMemory(_: Json): void {}
}

/** The number of observations or actions. @throws TypeError when they are not discrete */
function sizeOf(environment: Environment<number, number>, of: 'observation' | 'action'): number {
  const spec: Spec<number> = environment[of];
  if (spec.kind !== 'discrete')
    throw new TypeError(
      `environment: expected one with discrete ${of}s, such as discretised(...), got ${environment.name}, whose ${of} is ${spec.rule}`,
    );
  return (spec as DiscreteSpec).size;
}
