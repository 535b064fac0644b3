import { describe, expect, it } from 'vitest';
import {
  cartPole,
  cliffWalking,
  type Environment,
  EnvironmentContractError,
  VectorEnvironment,
} from '../../../src/rl/index.ts';
import { corridor } from './support.ts';

const actions = (rows: number) => new Int32Array(rows);

/** A corridor of which some methods are replaced. */
function broken(wrong: Partial<Environment<never, never>>): () => Environment<readonly number[], number> {
  return () => {
    const inner = corridor();
    return {
      name: inner.name,
      observation: inner.observation,
      action: inner.action,
      reset: (key) => inner.reset(key),
      step: (action) => inner.step(action),
      save: () => inner.save(),
      restore: (saved) => inner.restore(saved),
      ...(wrong as object),
    };
  };
}

describe('a vector environment', () => {
  it('stores observation, reward and end of each step', () => {
    const rollout = new VectorEnvironment(() => corridor(2, 3)).collect(5, actions(5), () => 1);
    expect(rollout).toMatchObject({
      before: Float32Array.of(0, 1, 1, 1, 0, 1, 1, 1, 0, 1),
      after: Float32Array.of(1, 1, 2, 1, 1, 1, 2, 1, 1, 1),
      rewards: Float32Array.of(0, 1, 0, 1, 0),
      discounts: Float32Array.of(1, 0, 1, 0, 1),
      continues: Float32Array.of(1, 0, 1, 0, 1),
      episodes: [
        { return: 1, length: 2 },
        { return: 1, length: 2 },
      ],
    });
  });

  it('tells of every episode that ends', () => {
    const environments = new VectorEnvironment(() => corridor(2, 3), { count: 2 });
    const heard: unknown[] = [];
    environments.onEpisode((episode) => heard.push(episode));
    const { episodes } = environments.collect(5, actions(10), () => 1);
    expect(episodes).toHaveLength(4);
    expect(heard).toEqual(episodes);
  });

  it('keeps discount 1 for a truncation', () => {
    const rollout = new VectorEnvironment(() => corridor(2, 3)).collect(4, actions(4), () => 0);
    expect([...rollout.discounts]).toEqual([1, 1, 1, 1]);
    expect([...rollout.continues]).toEqual([1, 1, 0, 1]);
  });

  it('takes turns row by row', () => {
    const environments = new VectorEnvironment(() => corridor(), { count: 2 });
    const rows: number[] = [];
    const rollout = environments.collect(2, actions(4), (row, observations, at) => {
      rows.push(observations[at]!);
      return row % 2;
    });
    expect(rows).toEqual([0, 0, 0, 1]);
    expect([...rollout.after].filter((_, i) => i % 2 === 0)).toEqual([0, 1, 0, 2]);
  });

  it('continues an episode in the next rollout', () => {
    const environments = new VectorEnvironment(() => corridor());
    environments.collect(2, actions(2), () => 1);
    expect(environments.collect(1, actions(1), () => 1).episodes).toEqual([{ return: 1, length: 3 }]);
  });

  it('draws the start of an episode from seed, environment and episode', () => {
    const starts = (seed: number) =>
      new VectorEnvironment(cartPole, { count: 2, seed }).collectEpisodes(1, actions(2), () => 0).before;
    expect(starts(1)).toEqual(starts(1));
    expect(starts(1)).not.toEqual(starts(2));
    expect(starts(1).slice(0, 4)).not.toEqual(starts(1).slice(4));
  });

  it('plays one whole episode each, with empty rows after its end', () => {
    const environments = new VectorEnvironment(() => corridor(2, 3), { count: 2 });
    const rollout = environments.collectEpisodes(4, actions(8), (row) => (row % 2 === 0 ? 1 : 0));
    expect(rollout.episodes).toEqual([
      { return: 1, length: 2 },
      { return: 0, length: 3 },
    ]);
    expect([...rollout.before].filter((_, i) => i % 2 === 1)).toEqual([1, 1, 1, 1, 0, 1, 0, 0]);
    expect([...rollout.continues]).toEqual([1, 1, 0, 1, 0, 0, 0, 0]);
  });

  it('truncates an episode at its limit, and begins the next one at its start', () => {
    const environments = new VectorEnvironment(() => corridor(5, 100));
    expect(environments.collectEpisodes(2, actions(2), () => 1).episodes).toEqual([{ return: 0, length: 2 }]);
    expect(environments.collectEpisodes(1, actions(1), () => 1).before[0]).toBe(0);
  });

  it('continues bit for bit after save and restore', () => {
    const collect = (environments: VectorEnvironment<number>, steps: number) =>
      environments.collect(steps, actions(2 * steps), (row) => (row >> 1) % 2);
    const environments = new VectorEnvironment(cartPole, { count: 2, seed: 3 });
    collect(environments, 30);
    const saved = JSON.parse(JSON.stringify(environments.save()));
    const other = new VectorEnvironment(cartPole, { count: 2, seed: 3 });
    other.restore(saved);
    expect(collect(other, 100)).toEqual(collect(environments, 100));
    expect(() => new VectorEnvironment(cartPole, { count: 3, seed: 3 }).restore(saved)).toThrow(
      'restore: expected 3 environments, got 2',
    );
  });

  it('names the rule that an environment breaks', () => {
    const short = broken({ reset: () => ({ kind: 'restart', observation: [0] as never }) });
    expect(() => new VectorEnvironment(short)).toThrow(EnvironmentContractError);
    const unpriced = broken({
      step: () => ({ kind: 'transition', observation: [0, 1] as never, reward: Number.NaN }),
    });
    expect(() => new VectorEnvironment(unpriced).collect(1, actions(1), () => 1)).toThrow(
      'Corridor: expected a reward that is a finite number, got NaN',
    );
  });

  it('refuses observations that are no lists, and a count of 0', () => {
    expect(() => new VectorEnvironment(cliffWalking as never)).toThrow(
      'VectorEnvironment: expected observations that are lists, got discrete ones',
    );
    expect(() => new VectorEnvironment(cartPole, { count: 0 })).toThrow(
      'VectorEnvironment: count: expected a whole number from 1',
    );
  });
});
