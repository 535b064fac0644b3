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

/** What samples are asked to be of, and made from. */
export interface SampleRequest {
  /** A sentence, of systems that learn from captions. */
  readonly caption?: string;
  /** The number of a class, of systems that are conditioned on it. */
  readonly label?: number;
  /** What to make them from, [height, width, channels], of systems from images to images. */
  readonly source?: Value;
  /** Number of the first sample of the seed. @default 0 */
  readonly first?: number;
  /** Magnitude above which normal noise is drawn again (`truncateNoise`). @default none */
  readonly truncation?: number;
  /** Noise in place of what is drawn, by input of the sampler: [count, size] each. */
  readonly latent?: Readonly<Record<string, Value>>;
}

/**
 * By what a user may ask for, the inputs of the sampler by which `count` samples are of it; they
 * take the place of those of `samplerInputs`. @throws RangeError for a value that the system does
 * not know
 */
export type SampleRequests = {
  readonly [Of in 'caption' | 'label' | 'source']?: (
    value: NonNullable<SampleRequest[Of]>,
    count: number,
  ) => Tree<Value>;
};

/** An input of the sampler, [count, size], that is noise. */
export interface NoiseInput {
  /** Numbers for one sample. */
  readonly size: number;
  /** How many of them, from the first, are N(0, 1); others are uniform, or codes. @default none */
  readonly normal?: number;
}

/**
 * A network by itself, for use outside of its training: with the averaged weights where samples are
 * drawn with them, and running averages in place of those of a batch.
 */
export interface NetworkProgram {
  /**
   * Inputs and outputs have the names of what they are: `examples`, `noise`, `source`, `condition`,
   * `observation`; `scores`, `samples`, `code`, `values`. The first dimension of all is the batch.
   */
  readonly program: Program;
  /** Inputs to try it with, of so many rows. */
  inputs(rows: number): Tree<Value>;
}

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
   * The program of a step where not all of the player's steps have the same, as with `lazily`.
   * @param count number of the player's steps before it; that of 0 is in `programs`
   * @default the program of the player
   */
  programAt?(player: Player, count: number): Program;
  /**
   * All that the player's program takes beside the state: `rate` is the learning rate. `key` is
   * that of this step alone.
   */
  inputs(step: Step<Batch, Player>, key: Key): Tree<Value>;
  /** Draws samples: output `samples`, [count, ...shape]. */
  readonly sampler: Program;
  /**
   * What `count` samples are made from: rows `first` (0 by default) and on of those that the key
   * names. A row depends on the key and its number alone, so that a sample is the same in every
   * batch.
   */
  samplerInputs(count: number, key: Key, first?: number): Tree<Value>;
  /** The inputs of the sampler that are noise, by name. @default none */
  readonly noise?: Readonly<Record<string, NoiseInput>>;
  /** Its networks by name, to be used by themselves. */
  readonly networks?: Readonly<Record<string, NetworkProgram>>;
  /** What samples may be asked to be of. @default nothing */
  readonly asked?: SampleRequests;
}
