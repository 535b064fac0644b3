import type { Tensor } from '@tensorflow/tfjs-core';
import type { Key, Value } from '../../engine/index.ts';
import type { Initial } from '../layers/layer.ts';
import type { LayerOutput, Network } from '../layers/network.ts';
import type { LossOutput } from '../losses/loss-output.ts';
import type { Batch } from '../system.ts';

/** The networks, samples and scores of a step of a GAN, for terms of a player's loss. */
export interface TermContext {
  /** All networks of the game, by name. */
  readonly networks: Readonly<Record<string, Network>>;
  readonly critic: Network;
  /** Networks on the critic's features, by name. */
  readonly heads: Readonly<Record<string, Network>>;
  /** The output of the generator, and the taps of its layers. */
  readonly made: LayerOutput;
  /** The samples as the critic gets them: [count, ...shape], packed where the critic is. */
  readonly fake: Tensor;
  readonly onFake: LayerOutput;
  /** As the critic receives it, packed where the critic takes packs. */
  readonly condition?: Tensor;
  /** Examples from the data as the critic sees them. */
  pack(examples: Tensor): Tensor;
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/** A step of the critic, which also gets real examples. */
export interface CriticContext extends TermContext {
  readonly real: Tensor;
  readonly onReal: LayerOutput;
}

/** The networks that a term is added to. */
export interface Setting {
  /** The initial parameters and shapes of `critic`, `generator` and the heads, by name. */
  readonly networks: Readonly<Record<string, Initial>>;
  /** Numbers of the condition of each example, 0 where there is none. */
  readonly condition: number;
  /** Examples in a pack. */
  readonly packing: number;
}

/**
 * A summand of a player's loss: a penalty, a regulariser, a task of its own. A `CriticTerm` also
 * gets the real examples and their scores; a `GeneratorTerm` goes with both players.
 */
export interface Term<In extends TermContext> {
  readonly name: string;
  /**
   * Where it is no part of all steps (`lazily`): of steps 0, `every`, 2 `every`, ... of its player.
   * @default 1
   */
  readonly every?: number;
  /** The summand, already weighted, and scalars for the event. */
  add(context: In): LossOutput;
  /**
   * Called when the system is made.
   * @throws TypeError, RangeError for networks that the term cannot be computed with
   */
  check?(setting: Setting): void;
  /**
   * More inputs of the player's step, drawn by a key of their names. Equal names are the same
   * input. @default none
   */
  inputs?(batch: Batch, key: Key, packing: number): Readonly<Record<string, Value>>;
}

/** A metric of the critic's events, which adds nothing to a loss. */
export interface CriticGauge extends Pick<CriticTerm, 'name' | 'check'> {
  /** Scalars by the names of the metrics. */
  read(context: CriticContext): Readonly<Record<string, Tensor>>;
}

/** A term of the critic's loss. */
export type CriticTerm = Term<CriticContext>;

/** A term of the generator's loss, or of either's. */
export type GeneratorTerm = Term<TermContext>;
