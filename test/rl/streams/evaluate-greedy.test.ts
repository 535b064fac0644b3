import { describe, expect, it } from 'vitest';
import { evaluateGreedy, greedyEpisode, mountainCar, seenEpisode } from '../../../src/rl/index.ts';
import { corridor } from '../agents/corridor.ts';

describe('evaluateGreedy', () => {
  it('tells mean, deviation and lengths of whole episodes', async () => {
    expect(await evaluateGreedy(corridor(), { greedy: () => 1 }, { episodes: 4 })).toEqual({
      returns: [1, 1, 1, 1],
      lengths: [2, 2, 2, 2],
      returnMean: 1,
      returnDeviation: 0,
      lengthMean: 2,
      terminated: 1,
    });
  });

  it('tells episodes that were cut off from those that ended', async () => {
    const toAndFro = { greedy: (cell: number) => (cell === 2 ? 1 : 0) };
    const { terminated, returnMean, lengthMean } = await evaluateGreedy(corridor(6), toAndFro, {
      episodes: 3,
    });
    expect({ terminated, returnMean, lengthMean }).toEqual({ terminated: 0, returnMean: 0, lengthMean: 6 });
  });

  it('pushes where the car moves: -119.41 on average, as the reference policy does', async () => {
    const reference = { greedy: ([, velocity]: readonly number[]) => (velocity! >= 0 ? 2 : 0) };
    const { returnMean, returnDeviation } = await evaluateGreedy(mountainCar(), reference, {
      episodes: 2000,
    });
    expect(returnMean).toBeCloseTo(-119.41, 0);
    expect(returnDeviation).toBeGreaterThan(1);
  });

  it('waits for an actor on an engine', async () => {
    const later = { greedy: () => Promise.resolve(1) };
    expect((await evaluateGreedy(corridor(), later, { episodes: 2 })).returns).toEqual([1, 1]);
  });

  it('refuses to evaluate nothing', async () => {
    await expect(evaluateGreedy(corridor(), { greedy: () => 1 }, { episodes: 0 })).rejects.toThrow(
      'evaluateGreedy: episodes: expected a whole number from 1, got 0',
    );
  });
});

describe('greedyEpisode', () => {
  it('keeps all that was seen and done, and shows every state', async () => {
    let shown = 0;
    const episode = await greedyEpisode(corridor(), { greedy: () => 0 }, { see: () => void shown++ });
    expect(episode).toEqual({ observations: [2, 1, 0], actions: [0, 0], return: 0, kind: 'termination' });
    expect(shown).toBe(3);
  });

  it('is the same for the same number, and another for another', async () => {
    const still = { greedy: () => 1 };
    const start = async (number: number) =>
      (await greedyEpisode(mountainCar(), still, { seed: 5, number })).observations[0];
    expect(await start(1)).toEqual(await start(1));
    expect(await start(1)).not.toEqual(await start(2));
  });
});

it('seenEpisode adds the scene of every state, and none of an environment without scenes', async () => {
  const actor = { greedy: () => 1 };
  const seen = await seenEpisode(mountainCar(), actor, { seed: 5, number: 2 });
  const { scenes, ...episode } = seen;
  expect(episode).toEqual(await greedyEpisode(mountainCar(), actor, { seed: 5, number: 2 }));
  expect(scenes).toHaveLength(episode.observations.length);
  expect(scenes[0]).not.toEqual(scenes.at(-1));
  expect((await seenEpisode(corridor(), { greedy: () => 0 })).scenes).toEqual([]);
});
