import { map, take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  alongside,
  between,
  every,
  learn,
  macrotask,
  nCritic,
  numbered,
  prefetch,
  pump,
  Run,
} from '../../src/streams/index.ts';
import { collectGarbage, milliseconds, Numbers } from './support.ts';

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
        between(every(total / 10), run.gate, () => {
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
      between(
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
      learn((turn) => (turn.index < 100 ? Promise.resolve(turn) : turn), run.gate),
    );
    expect((await run.done(mixed$)).events).toBe(total);
  });
});

describe('the event loop', () => {
  /** Work of about `ms`, always the same for the same number of rounds. */
  const work = (rounds: number) => {
    let value = 1;
    for (let i = 0; i < rounds; i++) value = Math.imul(value ^ (value >>> 15), 2246822519) + 1;
    return value;
  };
  const rounds = 40_000;

  /** How many milliseconds too late a timer was served, over and over until the answer is called. */
  function probe() {
    const delays: number[] = [];
    let going = true;
    const ask = () => {
      const due = macrotask.now() + 1;
      setTimeout(() => {
        delays.push(macrotask.now() - due);
        if (going) ask();
      }, 1);
    };
    ask();
    return async () => {
      going = false;
      await milliseconds(5);
      return delays.sort((a, b) => a - b);
    };
  }

  it('answers within 25 ms while a synchronous script runs, where a plain loop lets it wait to the end', async () => {
    const run = new Run();
    const begin = macrotask.now();
    const answers = probe();
    const lasting = macrotask.now() + 600;
    await run.done(
      pump(new Numbers(), run).pipe(
        learn(() => work(rounds)),
        tap(() => macrotask.now() > lasting && run.stop()),
      ),
    );
    const delays = await answers();
    expect(macrotask.now() - begin).toBeGreaterThan(500);
    expect(delays.length).toBeGreaterThan(10);
    expect(delays[Math.floor(0.9 * delays.length)]).toBeLessThan(25);

    const plain = probe();
    const until = macrotask.now() + 200;
    while (macrotask.now() < until) work(rounds);
    expect((await plain()).at(-1)).toBeGreaterThan(150);
  });

  it('serves timers beside an endless asynchronous source and asynchronous steps', async () => {
    const run = new Run();
    setTimeout(() => run.stop(), 20);
    const summary = await run.done(
      pump(numbered(onesLater()), run).pipe(learn(async ({ index }) => index, run.gate)),
    );
    expect(summary.ended).toBe('stopped');
    expect(summary.events).toBeGreaterThan(1);
  });

  it('serves timers beside an endless asynchronous source and synchronous steps', async () => {
    const run = new Run();
    setTimeout(() => run.stop(), 20);
    const summary = await run.done(pump(numbered(onesLater()), run).pipe(learn(({ index }) => index)));
    expect(summary.ended).toBe('stopped');
    expect(summary.events).toBeGreaterThan(1);
  });
});
