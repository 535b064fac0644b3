import type { Key, Program, Tree, Value } from '../engine/index.ts';
import type { Step } from '../streams/index.ts';

/**
 * What a system learns from: examples ([count, ...shape], float32); where the data has classes,
 * labels ([count], int32); and where it has them, parts by name ([count, ...shape]): the tokens of
 * a caption, the other image of a pair.
 */
export interface Batch {
  readonly examples: Value;
  readonly labels?: Value;
  readonly parts?: Readonly<Record<string, Value>>;
}

/** What a user may ask all samples to be of. */
export interface SampleRequest {
  /** A sentence, of systems that learn from captions. */
  readonly caption?: string;
  /** The number of a class, of systems that are conditioned on it. */
  readonly label?: number;
  /** What to make them from, [height, width, channels], of systems from images to images. */
  readonly source?: Value;
}

/**
 * By what a user may ask for, the inputs of the sampler by which `count` samples are of it; they
 * take the place of those of `samplerInputs`. @throws RangeError for a value that the system does
 * not know
 */
export type SampleRequests = {
  readonly [Of in keyof SampleRequest]?: (
    value: NonNullable<SampleRequest[Of]>,
    count: number,
  ) => Tree<Value>;
};

/**
 * A GAN, or anything else whose players learn in steps: its players, what each does in its step,
 * and how to draw from it. Stateless: the state is a tree that an engine holds, and everything
 * random comes in by key.
 */
export interface System<Player extends string = string> {
  /** The name in metrics, logs and checkpoints: `wgan-gp`. */
  readonly name: string;
  readonly players: readonly Player[];
  /**
   * The state before the first step: a branch for each player (`weights`, `buffers`),
   * `optimizer/<player>`, averages.
   */
  init(key: Key): Tree<Value>;
  /** One program a player. Its scalar outputs are the values of the step's event. */
  readonly programs: Readonly<Record<Player, Program>>;
  /**
   * All that the player's program takes beside the state: `rate` is the learning rate. `key` is
   * that of this step alone.
   */
  inputs(step: Step<Batch, Player>, key: Key): Tree<Value>;
  /** Draws samples: output `samples`, [count, ...shape]. */
  readonly sampler: Program;
  samplerInputs(count: number, key: Key): Tree<Value>;
  /** What samples may be asked to be of. @default nothing */
  readonly asked?: SampleRequests;
}
