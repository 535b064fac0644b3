import { finiteNumber, positiveNumber, wholeNumber } from '../../base/index.ts';
import { fillBits, flattenTree, type Key, type Tree, Value } from '../../engine/index.ts';
import { importanceWeights } from './importance-weights.ts';
import { SumTree } from './sum-tree.ts';
import type { Transitions } from './transitions.ts';

/** How large a memory is, and what it draws. */
export interface ReplayOptions {
  /** Transitions that are kept; a new one takes the place of the oldest. */
  readonly capacity: number;
  /** Numbers of an observation. */
  readonly observation: number;
  /** Real numbers of an action. Absent, an action is one whole number. */
  readonly action?: number;
  /** Prioritised drawing. Absent, every transition is as likely as any other. */
  readonly priority?: Priority;
}

/** How strongly large errors are preferred. */
export interface Priority {
  /** Power of the error that a probability is proportional to; 0 draws all alike. @default 0.6 */
  readonly alpha?: number;
  /** Added to every error, so that none is never drawn again. @default 1e-6 */
  readonly floor?: number;
}

/** Transitions that were drawn from a memory. */
export interface Drawn {
  /** Their places in the memory. */
  readonly places: Int32Array;
  readonly transitions: Transitions;
  /** Weights of their losses, that make up for the priorities; all 1 without. */
  readonly weights: Float32Array;
}

/**
 * The last transitions of an agent, as a ring of typed arrays: 4 (2 observation + action + 2) bytes
 * for a transition, where a whole number counts as 1, 4 more with priorities, which is also what it
 * takes in a checkpoint. Lin, Machine Learning 8 (1992); with priorities Schaul et al.,
 * https://arxiv.org/abs/1511.05952, proportional variant.
 */
export class ReplayMemory {
  readonly capacity: number;
  readonly observation: number;
  /** Real numbers of an action; 0 where it is one whole number. */
  readonly action: number;
  readonly #alpha: number;
  readonly #floor: number;
  readonly #kept: Transitions;
  readonly #priorities: SumTree | undefined;
  #next = 0;
  #size = 0;
  /**
   * The largest priority so far, which new transitions get: each is drawn at least once in a while.
   */
  #largest = 1;

  /** @throws RangeError naming the option that is wrong */
  constructor({ capacity, observation, action = 0, priority }: ReplayOptions) {
    this.capacity = wholeNumber('ReplayMemory: capacity', capacity, 1, 2 ** 26);
    this.observation = wholeNumber('ReplayMemory: observation', observation, 1);
    this.action = wholeNumber('ReplayMemory: action', action);
    this.#alpha = finiteNumber('ReplayMemory: alpha', priority?.alpha ?? 0.6, 0, 1);
    this.#floor = positiveNumber('ReplayMemory: floor', priority?.floor ?? 1e-6);
    this.#kept = room(capacity, this);
    this.#priorities = priority && new SumTree(capacity);
  }

  /** Transitions that are there. */
  get size(): number {
    return this.#size;
  }

  /** Remembers transitions, in their order. */
  add(transitions: Transitions): void {
    for (let from = 0; from < transitions.rewards.length; from++) {
      const at = this.#next;
      copy(transitions, from, this.#kept, at, this);
      this.#priorities?.set(at, this.#largest);
      this.#next = (at + 1) % this.capacity;
      this.#size = Math.max(this.#size, at + 1);
    }
  }

  /**
   * Draws transitions with replacement. With priorities, one out of each of `count` equal parts of
   * their sum.
   * @param beta how far the weights make up for the priorities, from 0 to 1
   * @throws RangeError when there is nothing to draw from
   */
  draw(count: number, key: Key, beta = 1): Drawn {
    wholeNumber('ReplayMemory: count', count, 1);
    if (this.#size === 0) throw new RangeError('ReplayMemory: expected transitions to draw from, got none');
    const bits = new Uint32Array(count);
    fillBits(key, bits);
    const places = Int32Array.from(bits, (word, i) => this.#place(word / 2 ** 32, i / count, 1 / count));
    const transitions = room(count, this);
    for (const [at, from] of places.entries()) copy(this.#kept, from, transitions, at, this);
    return { places, transitions, weights: this.#weights(places, beta) };
  }

  #place(uniform: number, part: number, share: number): number {
    if (this.#priorities === undefined) return Math.floor(uniform * this.#size);
    return this.#priorities.find((part + uniform * share) * this.#priorities.total);
  }

  #weights(places: Int32Array, beta: number): Float32Array {
    const tree = this.#priorities;
    if (tree === undefined) return new Float32Array(places.length).fill(1);
    const probabilities = Float64Array.from(places, (at) => tree.get(at) / tree.total);
    return importanceWeights(probabilities, this.#size, beta);
  }

  /**
   * Updates the priorities of drawn transitions by their errors. Without priorities it does
   * nothing.
   */
  reprioritise({ places }: Drawn, errors: ArrayLike<number>): void {
    if (this.#priorities === undefined) return;
    for (let i = 0; i < places.length; i++) {
      // As float32, which is what a checkpoint keeps of it.
      const priority = Math.fround((Math.abs(errors[i]!) + this.#floor) ** this.#alpha);
      this.#priorities.set(places[i]!, priority);
      this.#largest = Math.max(this.#largest, priority);
    }
  }

  /** A copy of all that is remembered. Its size is that of the capacity, however much is there. */
  save(): Tree<Value> {
    const { observation: numbers, action, capacity } = this;
    const { before, actions, rewards, discounts, after } = this.#kept;
    const tree = this.#priorities;
    return {
      before: new Value('float32', [capacity, numbers], before.slice()),
      actions:
        action === 0
          ? new Value('int32', [capacity], actions.slice())
          : new Value('float32', [capacity, action], actions.slice()),
      rewards: new Value('float32', [capacity], rewards.slice()),
      discounts: new Value('float32', [capacity], discounts.slice()),
      after: new Value('float32', [capacity, numbers], after.slice()),
      cursor: new Value('int32', [2], Int32Array.of(this.#next, this.#size)),
      ...(tree && {
        priorities: Value.of(Float32Array.from({ length: capacity }, (_, at) => tree.get(at))),
        largest: Value.scalar(this.#largest),
      }),
    };
  }

  /**
   * Puts the memory where it was when `saved` was made. @throws RangeError when that was a memory
   * of other options
   */
  restore(saved: Tree<Value>): void {
    const leaves = flattenTree(saved);
    for (const [name, { shape }] of flattenTree(this.save()))
      if (leaves.get(name)?.shape.join() !== shape.join())
        throw new RangeError(
          `ReplayMemory: expected ${name} of [${shape}], got ${leaves.has(name) ? `[${leaves.get(name)!.shape}]` : 'none'}`,
        );
    const data = (name: string) => leaves.get(name)!.data;
    for (const name of ['before', 'actions', 'rewards', 'discounts', 'after'] as const)
      this.#kept[name].set(data(name));
    const [next, size] = data('cursor');
    this.#next = next!;
    this.#size = size!;
    if (this.#priorities === undefined) return;
    this.#priorities.fill(data('priorities'));
    this.#largest = data('largest')[0]!;
  }
}

/** Numbers of an observation and of an action, as a memory has them. */
type Widths = Pick<ReplayMemory, 'observation' | 'action'>;

function room(count: number, { observation, action }: Widths): Transitions {
  return {
    before: new Float32Array(count * observation),
    actions: action === 0 ? new Int32Array(count) : new Float32Array(count * action),
    rewards: new Float32Array(count),
    discounts: new Float32Array(count),
    after: new Float32Array(count * observation),
  };
}

function copy(
  source: Transitions,
  from: number,
  target: Transitions,
  at: number,
  { observation, action }: Widths,
): void {
  for (let i = 0; i < observation; i++) {
    target.before[at * observation + i] = source.before[from * observation + i]!;
    target.after[at * observation + i] = source.after[from * observation + i]!;
  }
  const numbers = Math.max(1, action);
  for (let i = 0; i < numbers; i++) target.actions[at * numbers + i] = source.actions[from * numbers + i]!;
  target.rewards[at] = source.rewards[from]!;
  target.discounts[at] = source.discounts[from]!;
}
