import { describe, expect, it } from 'vitest';
import {
  cartPole,
  cliffWalking,
  type Environment,
  EnvironmentContractError,
  Worlds,
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

describe('worlds', () => {
  it('keep what was seen before and after each step, and what became of the episode', () => {
    const rollout = new Worlds(() => corridor(2, 3)).play(5, actions(5), () => 1);
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

  it('tell a truncation from a termination: it ends the episode and keeps the discount', () => {
    const rollout = new Worlds(() => corridor(2, 3)).play(4, actions(4), () => 0);
    expect([...rollout.discounts]).toEqual([1, 1, 1, 1]);
    expect([...rollout.continues]).toEqual([1, 1, 0, 1]);
  });

  it('stand side by side, row by row', () => {
    const worlds = new Worlds(() => corridor(), { count: 2 });
    const rows: number[] = [];
    const rollout = worlds.play(2, actions(4), (row, observations, at) => {
      rows.push(observations[at]!);
      return row % 2;
    });
    expect(rows).toEqual([0, 0, 0, 1]);
    expect([...rollout.after].filter((_, i) => i % 2 === 0)).toEqual([0, 1, 0, 2]);
  });

  it('play on where they were left', () => {
    const worlds = new Worlds(() => corridor());
    worlds.play(2, actions(2), () => 1);
    expect(worlds.play(1, actions(1), () => 1).episodes).toEqual([{ return: 1, length: 3 }]);
  });

  it('begin differently by seed, world and episode, and alike by all three', () => {
    const starts = (seed: number) =>
      new Worlds(cartPole, { count: 2, seed }).playEpisodes(1, actions(2), () => 0).before;
    expect(starts(1)).toEqual(starts(1));
    expect(starts(1)).not.toEqual(starts(2));
    expect(starts(1).slice(0, 4)).not.toEqual(starts(1).slice(4));
  });

  it('play one whole episode each, with empty rows after its end', () => {
    const worlds = new Worlds(() => corridor(2, 3), { count: 2 });
    const rollout = worlds.playEpisodes(4, actions(8), (row) => (row % 2 === 0 ? 1 : 0));
    expect(rollout.episodes).toEqual([
      { return: 1, length: 2 },
      { return: 0, length: 3 },
    ]);
    expect([...rollout.before].filter((_, i) => i % 2 === 1)).toEqual([1, 1, 1, 1, 0, 1, 0, 0]);
    expect([...rollout.continues]).toEqual([1, 1, 0, 1, 0, 0, 0, 0]);
  });

  it('cut an episode off that is too long, and begin the next one at its start', () => {
    const worlds = new Worlds(() => corridor(5, 100));
    expect(worlds.playEpisodes(2, actions(2), () => 1).episodes).toEqual([{ return: 0, length: 2 }]);
    expect(worlds.playEpisodes(1, actions(1), () => 1).before[0]).toBe(0);
  });

  it('go on to the bit after they were saved and restored', () => {
    const play = (worlds: Worlds<number>, steps: number) =>
      worlds.play(steps, actions(2 * steps), (row) => (row >> 1) % 2);
    const worlds = new Worlds(cartPole, { count: 2, seed: 3 });
    play(worlds, 30);
    const saved = JSON.parse(JSON.stringify(worlds.save()));
    const other = new Worlds(cartPole, { count: 2, seed: 3 });
    other.restore(saved);
    expect(play(other, 100)).toEqual(play(worlds, 100));
    expect(() => new Worlds(cartPole, { count: 3, seed: 3 }).restore(saved)).toThrow(
      'restore: expected 3 worlds, got 2',
    );
  });

  it('name the rule that an environment breaks', () => {
    const short = broken({ reset: () => ({ kind: 'restart', observation: [0] as never }) });
    expect(() => new Worlds(short)).toThrow(EnvironmentContractError);
    const unpriced = broken({
      step: () => ({ kind: 'transition', observation: [0, 1] as never, reward: Number.NaN }),
    });
    expect(() => new Worlds(unpriced).play(1, actions(1), () => 1)).toThrow(
      'Corridor: expected a reward that is a finite number, got NaN',
    );
  });

  it('refuse observations that are no lists, and no worlds at all', () => {
    expect(() => new Worlds(cliffWalking as never)).toThrow(
      'Worlds: expected observations that are lists, got discrete ones',
    );
    expect(() => new Worlds(cartPole, { count: 0 })).toThrow('Worlds: count: expected a whole number from 1');
  });
});
