import type { Tensor } from '@tensorflow/tfjs-core';
import type { Key, Value } from '../../engine/index.ts';
import type { Initial } from '../layers/layer.ts';
import type { LayerOutput, Network } from '../layers/network.ts';
import type { LossOutput } from '../losses/loss-output.ts';
import type { Batch } from '../system.ts';

/** What happens in a step of a GAN, for those who add something to a player's loss. */
export interface TermContext {
  /** All networks of the game, by name. */
  readonly networks: Readonly<Record<string, Network>>;
  readonly critic: Network;
  /** Networks on the critic's features, by name. */
  readonly heads: Readonly<Record<string, Network>>;
  /** What the generator made, and what its layers show beside. */
  readonly made: LayerOutput;
  /** That, as the critic sees it: [count, ...shape], packed where the critic is. */
  readonly fake: Tensor;
  readonly onFake: LayerOutput;
  /** As the critic receives it, packed where the critic takes packs. */
  readonly condition?: Tensor;
  /** Examples from the data as the critic sees them. */
  pack(examples: Tensor): Tensor;
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/** A step of the critic: it sees real examples too. */
export interface CriticScene extends TermContext {
  readonly real: Tensor;
  readonly onReal: LayerOutput;
}

/** What a term is put into. */
export interface Setting {
  /** What `critic`, `generator` and the heads, by name, start with. */
  readonly networks: Readonly<Record<string, Initial>>;
  /** Numbers of the condition of each example, 0 where there is none. */
  readonly condition: number;
  /** Examples in a pack. */
  readonly packing: number;
}

/**
 * Something added to a player's loss: a penalty, a regulariser, a task of its own. `GeneratorTerm`s
 * go where any scene will do, `CriticTerm`s where real examples were scored too.
 */
export interface Term<In extends TermContext> {
  readonly name: string;
  /** What is added, already weighted, and scalars for the event. */
  add(scene: In): LossOutput;
  /**
   * Refuses, where the system is made, what the term cannot be computed of. @throws TypeError
   * @throws RangeError
   */
  check?(setting: Setting): void;
  /**
   * More inputs of the player's step, drawn by a key of their names. Equal names are the same
   * input. @default none
   */
  inputs?(batch: Batch, key: Key, packing: number): Readonly<Record<string, Value>>;
}

/** A term of the critic's loss. */
export type CriticTerm = Term<CriticScene>;

/** A term of the generator's loss, or of either's. */
export type GeneratorTerm = Term<TermContext>;
