import { take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  type Actor,
  cartPole,
  type Environment,
  EnvironmentContractError,
  type Experience,
  type Interaction,
  interact,
  ticks,
} from '../../../src/rl/index.ts';
import { pump, Run } from '../../../src/streams/index.ts';
import { corridor } from '../agents/corridor.ts';

const right: Actor<number, number> = { act: () => 1 };
/** Pushes the cart by turns. */
const bySteps: Actor<readonly number[], number> = { act: (_, index) => index % 2 };

async function steps<O, A>(meeting: Interaction<O, A>, count: number, start = 0, run = new Run()) {
  const seen: Omit<Experience<O, A>, 'began'>[] = [];
  const stream$ = pump(ticks({ start }), run).pipe(
    take(count),
    meeting,
    tap(({ began, ...rest }) => {
      expect(began).toBeGreaterThan(0);
      seen.push(rest);
    }),
  );
  await run.done(stream$);
  return seen;
}

describe('interact', () => {
  it('acts, and begins again after the end', async () => {
    const seen = await steps(interact(corridor(), right), 3);
    const common = { action: 1 };
    expect(seen).toEqual([
      {
        ...common,
        index: 0,
        observation: 2,
        reward: 0,
        next: 3,
        kind: 'transition',
        episode: 0,
        length: 1,
        return: 0,
      },
      {
        ...common,
        index: 1,
        observation: 3,
        reward: 1,
        next: 4,
        kind: 'termination',
        episode: 0,
        length: 2,
        return: 1,
      },
      {
        ...common,
        index: 2,
        observation: 2,
        reward: 0,
        next: 3,
        kind: 'transition',
        episode: 1,
        length: 1,
        return: 0,
      },
    ]);
  });

  it('goes on exactly from where it was saved, at any step', async () => {
    const make = () => interact(cartPole({ limit: 9 }), bySteps, { seed: 2 });
    const straight = await steps(make(), 40);
    for (const stop of [0, 1, 8, 9, 10, 23]) {
      const first = make();
      const before = stop === 0 ? [] : await steps(first, stop);
      const second = make();
      second.restore(structuredClone(first.save()));
      expect([...before, ...(await steps(second, 40 - stop, stop))]).toEqual(straight);
    }
  });

  it('begins each episode, and each seed, elsewhere', async () => {
    const starts = async (seed: number) =>
      (await steps(interact(cartPole({ limit: 2 }), bySteps, { seed }), 6))
        .filter(({ length }) => length === 1)
        .map(({ observation }) => observation[0]);
    expect(new Set([...(await starts(1)), ...(await starts(2))]).size).toBe(6);
    expect(await starts(1)).toEqual(await starts(1));
  });

  it('counts the episodes that have ended, and what it has played itself', async () => {
    const meeting = interact(corridor(), right);
    await steps(meeting, 5);
    expect(meeting.episodes()).toBe(2);
    expect(meeting.played()).toEqual({ steps: 5, episodes: 2 });
    const next = interact(corridor(), right);
    next.restore(meeting.save());
    await steps(next, 2, 5);
    expect(next.episodes()).toBe(3);
    // In this process.
    expect(next.played()).toEqual({ steps: 2, episodes: 1 });
  });

  it('waits for an actor that answers later, with the gate held', async () => {
    const run = new Run();
    const later: Actor<number, number> = { act: () => Promise.resolve(1) };
    const seen = await steps(interact(corridor(), later, { gate: run.gate }), 4, 0, run);
    expect(seen.map(({ next }) => next)).toEqual([3, 4, 3, 4]);
  });

  it.each([
    [
      'a reward that is no number',
      { reward: Number.NaN },
      'expected a reward that is a finite number, got NaN',
    ],
    [
      'an observation that does not fit',
      { observation: 17 },
      'expected an observation that is a whole number from 0 to 4, got 17',
    ],
    ['an answer of no kind', { kind: 'done' }, 'expected step() to answer with'],
  ])('ends the stream at %s, naming environment and rule', async (_, wrong, message) => {
    const whole = corridor();
    const broken: Environment<number, number> = {
      name: 'Broken-v0',
      observation: whole.observation,
      action: whole.action,
      reset: (key) => whole.reset(key),
      step: (action) => ({ ...whole.step(action), ...wrong }) as never,
      save: () => null,
      restore: () => {},
    };
    const failing = steps(interact(broken, right), 3);
    await expect(failing).rejects.toThrow(EnvironmentContractError);
    await expect(failing).rejects.toThrow(`Broken-v0: ${message}`);
  });

  it('ends the stream when the actor does what the environment does not know', async () => {
    await expect(steps(interact(corridor(), { act: () => 5 }), 3)).rejects.toThrow(
      'Corridor-v0: action: expected a whole number from 0 to 1, got 5',
    );
  });
});

describe('ticks', () => {
  it('counts from the start until it is ended, again for each reader', () => {
    let left = 3;
    const source = ticks({ start: 7, ended: () => left-- === 0 });
    expect([...source]).toEqual([7, 8, 9].map((index) => ({ index, batch: undefined })));
    left = 1;
    expect([...source]).toEqual([{ index: 7, batch: undefined }]);
  });

  it('refuses a start that is no index', () => {
    expect(() => ticks({ start: -1 })).toThrow('ticks: start: expected a whole number from 0, got -1');
  });
});
