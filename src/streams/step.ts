/** An item of a source and its position: the first has index 0, each next one index + 1. */
export interface Numbered<Item> {
  readonly index: number;
  readonly batch: Item;
}

/** Where a step stands in a run of several phases (`phases`). */
export interface PhasePlace {
  readonly name: string;
  /** The number of the phase, from 0, and how many there are. */
  readonly number: number;
  readonly of: number;
  /** The steps of this phase before this one. */
  readonly step: number;
  /** The steps of the phase; absent where it lasts as long as the run. */
  readonly steps?: number;
  /** The players of the phase, where its schedule names them. */
  readonly players?: readonly string[];
}

/** A batch and the player that learns from it: a schedule makes one of every numbered item. */
export interface Step<Item, Player extends string = string> extends Numbered<Item> {
  readonly player: Player;
  /** The learning rate of this step; the player's own where absent. */
  readonly rate?: number;
  /** Where the step stands, in a run of several phases. */
  readonly phase?: PhasePlace;
}

/**
 * The values of a step without metrics. One shared object, so that a consumer of millions of events
 * can compare by identity.
 */
export const noMetrics: StepEvent['values'] = Object.freeze({});

/** What flows after learning: plain numbers that own nothing. */
export interface StepEvent {
  readonly index: number;
  readonly player: string;
  /** How long the step took. */
  readonly seconds: number;
  /** Losses and gauges by name, such as `loss`, `wasserstein`, `penalty`. */
  readonly values: Readonly<Record<string, number>>;
  /** Where the step stood, in a run of several phases. */
  readonly phase?: PhasePlace;
}
