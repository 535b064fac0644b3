import { map, take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  alongside,
  barrier,
  every,
  learn,
  macrotask,
  nCritic,
  numbered,
  prefetch,
  pump,
  Run,
} from '../../src/streams/index.ts';
import { collectGarbage, Numbers } from './support.ts';

function* ones() {
  for (;;) yield 1;
}

async function* onesLater() {
  for (;;) yield 1;
}

const megabyte = 2 ** 20;

describe('ten million items', () => {
  it('go through a whole script with a flat stack and a flat heap', async () => {
    const run = new Run();
    const total = 10_000_000;
    const heap: number[] = [];
    let next = 0;
    let outOfOrder = 0;
    const summary = await run.done(
      pump(numbered(ones()), run).pipe(
        nCritic(5),
        take(total),
        learn(({ index, batch }) => ({ index, value: batch })),
        tap(({ index }) => {
          if (index !== next++) outOfOrder++;
        }),
        barrier(every(total / 10), run.gate, () => {
          collectGarbage();
          heap.push(process.memoryUsage().heapUsed / megabyte);
        }),
        alongside(
          (error) => expect.fail(String(error)),
          map(({ value }) => value),
          map(({ index }) => index),
        ),
      ),
    );
    expect(summary).toEqual({ events: total, last: { index: total - 1, value: 1 }, ended: 'completed' });
    expect(outOfOrder).toBe(0);
    expect(heap).toHaveLength(10);
    // One pointer kept for every item would be 69 MB.
    expect(heap.at(-1)! - heap[0]!).toBeLessThan(4);
  });
});

describe('a hundred thousand items', () => {
  const total = 100_000;

  it('are served with a barrier that holds the gate at each of them', async () => {
    const run = new Run();
    const held$ = pump(numbered(ones()), run).pipe(
      take(total),
      barrier(
        () => true,
        run.gate,
        async () => {},
      ),
    );
    expect((await run.done(held$)).last).toEqual({ index: total - 1, batch: 1 });
  });

  it('come from an asynchronous source that is read ahead', async () => {
    const run = new Run();
    const items$ = pump(numbered(prefetch(onesLater(), 8)), run).pipe(take(total));
    expect((await run.done(items$)).last).toEqual({ index: total - 1, batch: 1 });
  });

  // concatMap delivers 856 of 1000 such items and then says nothing at all (ReactiveX/rxjs#6682).
  it('are all served when the first steps are asynchronous and the later ones are not', async () => {
    const run = new Run();
    const mixed$ = pump(numbered(ones()), run).pipe(
      take(total),
      learn((step) => (step.index < 100 ? Promise.resolve(step) : step), run.gate),
    );
    expect((await run.done(mixed$)).events).toBe(total);
  });
});

describe('the event loop', () => {
  /** Stops the run by a timer, once it has served a few. */
  function stopByTimers(run: Run, served = 0): void {
    setTimeout(() => (served < 10 ? stopByTimers(run, served + 1) : run.stop()), 1);
  }

  it('is given back after ten milliseconds of an endless synchronous script', async () => {
    const run = new Run();
    stopByTimers(run);
    // A clock that each item moves on by a millisecond.
    let [items, atStep] = [0, 0];
    const slices: number[] = [];
    const scheduler = {
      now: () => items,
      schedule: (work: () => void, delayMs?: number) => {
        slices.push(items - atStep);
        atStep = items;
        return macrotask.schedule(work, delayMs);
      },
    };
    const summary = await run.done(
      pump(new Numbers(), { ...run, scheduler }).pipe(
        learn(() => {
          items++;
        }),
      ),
    );
    expect(summary.ended).toBe('stopped');
    expect(slices.length).toBeGreaterThan(10);
    expect(Math.max(...slices)).toBe(10);
  });

  it('serves timers beside an endless asynchronous source and asynchronous steps', async () => {
    const run = new Run();
    stopByTimers(run);
    const summary = await run.done(
      pump(numbered(onesLater()), run).pipe(learn(async ({ index }) => index, run.gate)),
    );
    expect(summary.ended).toBe('stopped');
    expect(summary.events).toBeGreaterThan(1);
  });

  it('serves timers beside an endless asynchronous source and synchronous steps', async () => {
    const run = new Run();
    stopByTimers(run);
    const summary = await run.done(pump(numbered(onesLater()), run).pipe(learn(({ index }) => index)));
    expect(summary.ended).toBe('stopped');
    expect(summary.events).toBeGreaterThan(1);
  });
});
