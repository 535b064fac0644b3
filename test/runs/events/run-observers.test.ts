import { describe, expect, it } from 'vitest';
import { hasMetrics, type RunEvent, type RunObserver, RunObservers } from '../../../src/runs/index.ts';

const step = { index: 3, player: 'critic', seconds: 0.1, values: { loss: 1 } };
const event: RunEvent = { kind: 'started', index: 0, steps: 10 };

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

/** Observers, with what they warn of. */
function observersOf(all: readonly RunObserver[], warn: (message: string) => void = broken) {
  const observers = new RunObservers(warn);
  observers.add(...all);
  return observers;
}

const broken = () => {
  throw new Error('broken');
};

describe('RunObservers', () => {
  it('tells everybody everything, and closes them', async () => {
    const [a, b] = [listener('a'), listener('b')];
    const observers = observersOf([a.observer, b.observer, { name: 'deaf' }]);
    observers.event(event);
    observers.step(step);
    await observers.close();
    expect(a.heard).toEqual([event, step, 'closed']);
    expect(b.heard).toEqual(a.heard);
  });

  it('tells of silent steps together, before the next event at the latest', () => {
    const heard: unknown[] = [];
    const observer: RunObserver = {
      name: 'counts',
      onStep: ({ index }) => heard.push(index),
      onBatched: (steps, seconds, { index }) => heard.push([steps, seconds, index]),
      onEvent: ({ kind }) => heard.push(kind),
    };
    const observers = observersOf([observer, { name: 'deaf' }]);
    const quiet = (index: number, seconds = 0) => ({ index, player: 'agent', seconds, values: {} });
    observers.step(quiet(0, 0.01));
    observers.step(quiet(1, 0.02));
    observers.step(step);
    observers.step(quiet(4));
    observers.event(event);
    observers.step(quiet(5));
    observers.step(step);
    observers.event(event);
    expect(heard).toEqual([3, [3, 0.03, 4], 'started', 3, [1, 0, 3], 'started']);
    observers.step(quiet(5, 0.06));
    expect(heard.at(-1)).toEqual([1, 0.06, 5]);
    for (let index = 6; index < 2006; index++) observers.step(quiet(index));
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
    const counter = { name: 'counter', onLost: (name: string) => void lost.push(name) };
    const observers = observersOf([bad, good.observer, counter], (message) => warnings.push(message));
    observers.step(step);
    observers.step(step);
    observers.event(event);
    await observers.close();
    expect(warnings).toEqual(['bad was given up: Error: broken']);
    expect(lost).toEqual(['bad']);
    expect(good.heard).toEqual([step, step, event, 'closed']);
    expect(closed).toBe(1);
  });

  it('bears one that cannot be closed', async () => {
    const warnings: string[] = [];
    const good = listener('good');
    const stuck = { name: 'bad', close: () => Promise.reject(new Error('stuck')) };
    const observers = observersOf([stuck, good.observer], (message) => warnings.push(message));
    await observers.close();
    await observers.close();
    expect(warnings).toEqual(['bad was not closed: Error: stuck']);
    expect(good.heard).toEqual(['closed']);
  });
});

it('knows an event with values from one without', () => {
  const event = { index: 0, player: 'agent', seconds: 0 };
  expect(hasMetrics({ ...event, values: {} })).toBe(false);
  expect(hasMetrics({ ...event, values: { return: -1 } })).toBe(true);
});
