import fc from 'fast-check';
import { map, take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  alongside,
  barrier,
  every,
  learn,
  nCritic,
  numbered,
  prefetch,
  pump,
  Run,
  type Step,
} from '../../src/streams/index.ts';
import { Numbers, rounds, upTo } from './support.ts';

const count = 30;

/**
 * A run as it may happen: `waits` say for how many rounds of the event loop somebody waits, 0 for
 * not at all.
 */
const scenario = fc.record({
  source: fc.constantFrom('sync', 'async', 'prefetched'),
  sourceWaits: fc.array(fc.nat(2), { minLength: 1, maxLength: 4 }),
  stepWaits: fc.array(fc.nat(2), { minLength: 1, maxLength: 4 }),
  taskWaits: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
  start: fc.nat(1000),
  bound: fc.integer({ min: 1, max: 2 * count }),
  critic: fc.integer({ min: 1, max: 5 }),
  period: fc.integer({ min: 1, max: 9 }),
  sliceMs: fc.constantFrom(1e-6, 10),
  pauseAt: fc.nat(count),
  stopAt: fc.option(fc.nat(count), { nil: undefined }),
  end: fc.constantFrom('stop', 'abort'),
  failingSideAt: fc.nat(count),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

async function execute(given: Scenario) {
  const run = new Run({ warn: (message) => expect.fail(message) });
  const waits = (list: number[], i: number) => list[i % list.length]!;
  const numbers = new Numbers(count, (i) => rounds(waits(given.sourceWaits, i)));
  const released: number[] = [];
  const release = (item: number) => released.push(item);
  const releaseStep = ({ batch }: { batch: number }) => release(batch);
  const items = {
    sync: () => numbered(numbers, given.start),
    async: () => numbered(numbers.later(), given.start),
    prefetched: () => numbered(prefetch(numbers.later(), 3, { release }), given.start),
  }[given.source]();

  let inFlight = 0;
  let mostInFlight = 0;
  const steps: Step<number>[] = [];
  const tasks: number[] = [];
  const seenBySide: number[] = [];
  const failures: unknown[] = [];
  const events: number[] = [];

  const step = (step: Step<number>) => {
    steps.push(step);
    mostInFlight = Math.max(mostInFlight, ++inFlight);
    const wait = waits(given.stepWaits, step.batch);
    if (step.batch === given.pauseAt) {
      run.pause();
      void rounds(3).then(() => run.resume());
    }
    if (step.batch === given.stopAt) run[given.end]();
    return wait === 0 ? step : rounds(wait).then(() => step);
  };

  const summary = await run.done(
    pump<{ index: number; batch: number }>(items, {
      ...run,
      sliceMs: given.sliceMs,
      release: releaseStep,
    }).pipe(
      nCritic(given.critic),
      take(given.bound),
      learn(step, run.gate),
      barrier(every(given.period), run.gate, ({ index }) => {
        tasks.push(index);
        const wait = waits(given.taskWaits, index);
        return wait === 0 ? undefined : rounds(wait);
      }),
      alongside(
        (error) => failures.push(error),
        tap(({ index }) => seenBySide.push(index)),
        tap(({ batch }) => {
          if (batch === given.failingSideAt) throw new Error('side');
        }),
      ),
      map(({ index }) => index),
      tap((index) => {
        inFlight--;
        events.push(index);
      }),
    ),
  );
  await rounds(10);
  return { summary, run, numbers, released, mostInFlight, steps, tasks, seenBySide, failures, events };
}

describe('a whole script, whatever it waits for and whenever it ends', () => {
  it('obeys the laws of the streams', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const outcome = await execute(given);
        const { summary, run, numbers, released, steps, tasks, events } = outcome;
        const reachable = Math.min(count, given.bound);
        const asked = given.stopAt !== undefined && given.stopAt < reachable;
        const stepped = asked ? given.stopAt! + 1 : reachable;
        const learned = asked && given.end === 'abort' ? stepped - 1 : stepped;
        const indices = (n: number) => upTo(n).map((i) => i + given.start);

        // One item in flight, index + 1, nothing lost.
        expect(outcome.mostInFlight).toBe(1);
        expect(steps.map(({ index }) => index)).toEqual(indices(stepped));
        expect(events).toEqual(indices(learned));
        expect(outcome.seenBySide).toEqual(events);
        expect(summary).toMatchObject({ events: learned, last: events.at(-1) });

        // A schedule goes by the index alone.
        for (const { index, player } of steps)
          expect(player).toBe(index % (given.critic + 1) < given.critic ? 'critic' : 'generator');

        // Barriers at their indices, and one for the last event.
        const due = events.filter((index) => (index + 1) % given.period === 0);
        const last = events.at(-1);
        const final = summary.ended === 'aborted' || last === undefined || due.at(-1) === last ? [] : [last];
        expect(tasks).toEqual([...due, ...final]);

        // A failing side stream is told once and touches nothing.
        expect(outcome.failures).toHaveLength(given.failingSideAt < learned ? 1 : 0);

        // Everything that was pulled was delivered or released, and what was opened is closed.
        const delivered = steps.map(({ batch }) => batch);
        expect([...delivered, ...released].sort((a, b) => a - b)).toEqual(upTo(numbers.pulled));
        expect(numbers.closed).toBe(1);
        expect(run.gate.held).toBe(false);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('sees each kind of ending', async () => {
    const given = {
      source: 'prefetched' as const,
      sourceWaits: [0, 1],
      stepWaits: [1, 0],
      taskWaits: [2, 0],
      start: 3,
      bound: 99,
      critic: 5,
      period: 4,
      sliceMs: 10,
      pauseAt: 5,
      stopAt: 10,
      failingSideAt: 1,
      end: 'stop' as const,
    } satisfies Scenario;
    const endings = [
      given,
      { ...given, end: 'abort' as const },
      { ...given, bound: 7 },
      { ...given, stopAt: undefined },
    ];
    const summaries = await Promise.all(endings.map(async (one) => (await execute(one)).summary.ended));
    expect(summaries).toEqual(['stopped', 'aborted', 'completed', 'completed']);
  });

  it('gives the same events whether it runs in one go or is resumed at any index', async () => {
    const dice = (index: number) => Math.imul(index + 1, 2654435761) >>> 0;
    const from = async (start: number, steps: number) => {
      const run = new Run();
      const events: unknown[] = [];
      const items = numbered(upTo(count).slice(start), start);
      await run.done(
        pump(items, run).pipe(
          nCritic(5),
          take(steps),
          learn(({ index, player, batch }) => ({ index, player, value: dice(index) ^ batch })),
          tap((event) => events.push(event)),
        ),
      );
      return events;
    };
    const whole = await from(0, count);
    for (const middle of upTo(count)) {
      expect([...(await from(0, middle)), ...(await from(middle, count - middle))]).toEqual(whole);
    }
  });
});
