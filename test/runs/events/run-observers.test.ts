import { describe, expect, it } from 'vitest';
import { type RunEvent, type RunObserver, RunObservers } from '../../../src/runs/index.ts';

const event = { index: 3, player: 'critic', seconds: 0.1, values: { loss: 1 } };
const notice: RunEvent = { kind: 'started', index: 0, steps: 10 };

function listener(name: string) {
  const heard: unknown[] = [];
  const observer: RunObserver = {
    name,
    onStep: (what) => heard.push(what),
    onEvent: (what) => heard.push(what),
    close: () => void heard.push('closed'),
  };
  return { heard, observer };
}

const broken = () => {
  throw new Error('broken');
};

describe('Audience', () => {
  it('tells everybody everything, and closes them', async () => {
    const [a, b] = [listener('a'), listener('b')];
    const audience = new RunObservers([a.observer, b.observer, { name: 'deaf' }], broken);
    audience.event(notice);
    audience.step(event);
    await audience.close();
    expect(a.heard).toEqual([notice, event, 'closed']);
    expect(b.heard).toEqual(a.heard);
  });

  it('tells of silent turns together, before the next notice at the latest', () => {
    const heard: unknown[] = [];
    const observer: RunObserver = {
      name: 'counts',
      onStep: ({ index }) => heard.push(index),
      onBatched: (turns, seconds, { index }) => heard.push([turns, seconds, index]),
      onEvent: ({ kind }) => heard.push(kind),
    };
    const audience = new RunObservers([observer, { name: 'deaf' }], broken);
    const quiet = (index: number, seconds = 0) => ({ index, player: 'agent', seconds, values: {} });
    audience.step(quiet(0, 0.01));
    audience.step(quiet(1, 0.02));
    audience.step(event);
    audience.step(quiet(4));
    audience.event(notice);
    audience.step(quiet(5));
    audience.step(event);
    audience.event(notice);
    expect(heard).toEqual([3, [3, 0.03, 4], 'started', 3, [1, 0, 3], 'started']);
    audience.step(quiet(5, 0.06));
    expect(heard.at(-1)).toEqual([1, 0.06, 5]);
    for (let index = 6; index < 2006; index++) audience.step(quiet(index));
    expect(heard.slice(-2)).toEqual([
      [1000, 0, 1005],
      [1000, 0, 2005],
    ]);
  });

  it('gives up whoever fails, once, and still closes it', async () => {
    const warnings: string[] = [];
    const good = listener('good');
    let closed = 0;
    const bad: RunObserver = { name: 'bad', onStep: broken, onEvent: broken, close: () => void closed++ };
    const lost: string[] = [];
    const audience = new RunObservers(
      [bad, good.observer],
      (message) => warnings.push(message),
      (name) => lost.push(name),
    );
    audience.step(event);
    audience.step(event);
    audience.event(notice);
    await audience.close();
    expect(warnings).toEqual(['bad was given up: Error: broken']);
    expect(lost).toEqual(['bad']);
    expect(good.heard).toEqual([event, event, notice, 'closed']);
    expect(closed).toBe(1);
  });

  it('bears one that cannot be closed', async () => {
    const warnings: string[] = [];
    const good = listener('good');
    const audience = new RunObservers(
      [{ name: 'bad', close: () => Promise.reject(new Error('stuck')) }, good.observer],
      (message) => warnings.push(message),
    );
    await audience.close();
    expect(warnings).toEqual(['bad was not closed: Error: stuck']);
    expect(good.heard).toEqual(['closed']);
  });
});
