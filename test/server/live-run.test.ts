import { afterEach, describe, expect, it } from 'vitest';
import { Feed } from '../../src/server/feed.ts';
import { LiveRun } from '../../src/server/live-run.ts';

const feeds: Feed[] = [];
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close();
});

function liveRun(paused = () => false, busy?: (stage: string) => number): LiveRun {
  const feed = new Feed();
  feeds.push(feed);
  return new LiveRun('a', feed, { paused, sides: ['log'], ...(busy === undefined ? {} : { busy }) });
}

const step = (index: number, player: string) => ({ index, player, seconds: 0.25, values: {} });

describe('LiveRun', () => {
  it('knows what the run is doing', () => {
    let paused = false;
    const live = liveRun(() => paused);
    expect([live.status().state, live.ready]).toEqual(['starting', false]);
    live.onEvent({ kind: 'started', index: 40, steps: 100 });
    expect([live.status().state, live.status().done, live.ready]).toEqual(['running', 40, true]);
    paused = true;
    expect(live.status().state).toBe('paused');
    live.onStep(step(40, 'critic'));
    live.onEvent({ kind: 'ended', index: 41, ended: 'stopped' });
    expect([live.status().state, live.status().done, live.ready]).toEqual(['stopped', 41, false]);
  });

  it('goes back with a run that is rolled back, and its stages go on', () => {
    const live = liveRun();
    live.onEvent({ kind: 'started', index: 10, steps: 100 });
    for (const index of [10, 11, 12, 13]) live.onStep(step(index, 'critic'));
    live.onEvent({ kind: 'rollback', index: 11, from: 14, reason: 'NonFiniteValues', factor: 0.5 });
    const pumped = () => live.status().stages[0]!.items;
    expect([live.status().done, pumped()]).toEqual([11, 4]);
    live.onStep(step(11, 'critic'));
    expect([live.status().done, pumped()]).toEqual([12, 5]);
  });

  it('says how busy the pump and the schedule are where that is measured', async () => {
    let seconds = 0;
    const live = liveRun(undefined, (stage) => (stage === 'pump' ? seconds : 0));
    live.onStep(step(0, 'critic'));
    live.onStep(step(1, 'generator'));
    live.status();
    await new Promise((resolve) => setTimeout(resolve, 5));
    seconds = 100;
    const busy = new Map(live.status().stages.map(({ name, busy }) => [name, busy]));
    expect(['pump', 'schedule', 'log'].map((name) => busy.get(name))).toEqual([1, 0, null]);
  });

  it('says how busy a player was that came after the page had been opened', async () => {
    const live = liveRun();
    live.onStep(step(0, 'critic'));
    live.status();
    await new Promise((resolve) => setTimeout(resolve, 5));
    live.onStep({ ...step(1, 'generator'), seconds: 0 });
    expect(live.status().stages.find(({ name }) => name === 'generator')!.busy).toBe(0);
  });

  it('counts the stages in the order in which an item passes them', () => {
    const live = liveRun();
    live.onEvent({ kind: 'started', index: 10, steps: 100 });
    live.onStep(step(10, 'critic'));
    live.onStep(step(11, 'critic'));
    live.onStep(step(12, 'generator'));
    live.onEvent({ kind: 'checkpoint', index: 13, seconds: 1, bytes: 1, path: 'x' });
    live.onEvent({ kind: 'evaluation', index: 13, seconds: 1, values: {} });
    expect(live.status().stages.map(({ name, kind, items }) => [name, kind, items])).toEqual([
      ['pump', 'source', 3],
      ['schedule', 'schedule', 3],
      ['critic', 'learn', 2],
      ['generator', 'learn', 1],
      ['checkpoint', 'barrier', 1],
      ['evaluate', 'barrier', 1],
      ['log', 'side', 3],
    ]);
  });

  it('has no schedule where a single player learns, as of an agent', () => {
    const live = liveRun();
    live.onStep(step(0, 'agent'));
    live.onStep(step(1, 'agent'));
    expect(live.status().stages.map(({ name }) => name)).toEqual(['pump', 'agent', 'log']);
  });
});
