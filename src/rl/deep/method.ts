import type { Key, Program, Tree, Value } from '../../engine/index.ts';
import type { NetworkProgram } from '../../models/index.ts';
import type { Rollout } from './rollout.ts';
import type { VectorEnvironment } from './vector-environment.ts';

/** One run of a program that an agent asks for. */
export interface ProgramCall {
  readonly program: Program;
  readonly inputs: Tree<Value>;
}

/** When a step is, and what is random in it. */
export interface StepContext {
  readonly index: number;
  /** That of this step alone. */
  readonly key: Key;
}

/**
 * A way to learn to act, as a description without state: what an engine holds is made by `init`,
 * what acts on the host is loaded with its weights. A step is to play a rollout, then to learn from
 * it.
 */
export interface Method<Experience, Action, R extends Rollout = Rollout> {
  /** The name in metrics, logs and checkpoints: `dqn`. */
  readonly name: string;
  /** The state before the first step. */
  init(key: Key): Tree<Value>;
  /** An actor whose weights are to be loaded. */
  actor(): DeepActor<Action, R>;
  /** What of a state an actor takes. */
  weights(state: Tree<Value>): Tree<Value>;
  /**
   * Passes the state on and outputs what `weights` needs of it, much less than a session copies in
   * a `read`.
   */
  readonly acting: Program;
  /** Its networks by name, `policy` and `critic` or `q`, to be used by themselves. */
  readonly networks?: Readonly<Record<string, NetworkProgram>>;
  /**
   * The runs of a step, one after the other, each answered with its outputs; at the end the values
   * of the event.
   */
  learn(
    experience: Experience,
    moment: StepContext,
  ): Generator<ProgramCall, Record<string, number>, Tree<Value>>;
}

/** What acts on the host. */
export interface DeepActor<Action, R extends Rollout = Rollout> {
  /** Takes the weights of a state. */
  load(weights: Tree<Value>): void;
  /** Plays the rollout of a step. */
  collect(environments: VectorEnvironment<Action>, moment: StepContext): R;
  /** What it takes for the best action. */
  best(observation: ArrayLike<number>): Action;
  /** Releases what it holds, where it holds anything. */
  close?(): void;
}
