import { flattenTree, type Tree, type Value } from '../../engine/index.ts';

/** An episode that has ended. */
export interface EndedEpisode {
  /** The sum of its rewards. */
  readonly return: number;
  /** The number of its steps. */
  readonly length: number;
}

/** Actions side by side: one whole number each, or a few real ones. */
export type Actions = Int32Array | Float32Array;

/**
 * Consecutive steps of some environments, side by side: row `t * numEnvs + w` of every list is of
 * step t in environment w. Where an episode ends, the next row of its environment is of the next
 * episode.
 */
export interface Rollout<A extends Actions = Actions> {
  readonly numEnvs: number;
  /** What was seen before each step, [rows, numbers]. */
  readonly before: Float32Array;
  readonly actions: A;
  readonly rewards: Float32Array;
  /** 0 where the step terminated the episode; 1 elsewhere, also where it was truncated. */
  readonly discounts: Float32Array;
  /** 0 where the episode ended with the step in any way, 1 elsewhere. */
  readonly continues: Float32Array;
  /**
   * What was seen after each step, [rows, numbers]. At an end, the last observation of that
   * episode.
   */
  readonly after: Float32Array;
  /** The episodes that ended on the way. */
  readonly episodes: readonly EndedEpisode[];
}

/** Mean return and length of the episodes; nothing where none has ended. */
export function episodeValues(episodes: readonly EndedEpisode[]): Record<string, number> {
  if (episodes.length === 0) return {};
  const mean = (of: (episode: EndedEpisode) => number) =>
    episodes.reduce((sum, episode) => sum + of(episode), 0) / episodes.length;
  return { return: mean((episode) => episode.return), length: mean((episode) => episode.length) };
}

/** The scalars among the outputs of a program, as numbers. */
export function scalars(outputs: Tree<Value>): Record<string, number> {
  const found = [...flattenTree(outputs)].filter(([, { shape }]) => shape.length === 0);
  return Object.fromEntries(found.map(([name, { data }]) => [name, data[0]!]));
}
