/** An item of a source and its position: the first has index 0, each next one index + 1. */
export interface Numbered<Item> {
  readonly index: number;
  readonly batch: Item;
}

/** A batch and the player that learns from it: a schedule makes one of every numbered item. */
export interface Step<Item, Player extends string = string> extends Numbered<Item> {
  readonly player: Player;
  /** The learning rate of this step; the player's own where absent. */
  readonly rate?: number;
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
}
