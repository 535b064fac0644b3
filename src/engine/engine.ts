import type { Program } from './program.ts';
import type { Tree } from './tree.ts';
import type { Value } from './value.ts';

/** What lives on an engine. */
export interface Memory {
  /** Tensors alive. Constant at step boundaries, or something leaks. */
  readonly tensors: number;
  readonly bytes: number;
}

/**
 * What executes programs. Engines give the same results up to rounding, and share states,
 * checkpoints and programs.
 */
export interface Engine {
  /** The name that `--engine` takes. */
  readonly name: string;
  /** One line for people: version, device, instruction set. */
  readonly description: string;
  /** Puts a copy of a state on the engine. The session holds it until `close`. */
  open(state: Tree<Value>): Session;
  memory(): Memory;
}

/**
 * A state on an engine, advanced by programs. One at a time: a call while another is under way is
 * an error.
 */
export interface Session {
  /**
   * Executes the program and makes its result the new state; its outputs come back as host values.
   * All or nothing: when it throws, the state is as before. Engines that compute on the calling
   * thread answer at once, others with a promise.
   * @throws RangeError when the program gives back a state of another structure, shape or type
   */
  run(program: Program, inputs: Tree<Value>): Tree<Value> | Promise<Tree<Value>>;
  /** A copy of the state. */
  read(): Tree<Value>;
  /**
   * Replaces the state. @throws RangeError when structure, shapes or types differ from the present
   * state
   */
  write(state: Tree<Value>): void;
  /** Releases all that the session holds. */
  close(): void;
}
