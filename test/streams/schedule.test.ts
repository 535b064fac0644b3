import fc from 'fast-check';
import { map, of, range } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/streams/in-order.ts';
import { noMetrics } from '../../src/streams/index.ts';
import { nCritic } from '../../src/streams/n-critic.ts';
import { type Schedule, schedule } from '../../src/streams/schedule.ts';
import { ttur } from '../../src/streams/ttur.ts';
import { record } from './support.ts';

/** The steps of a schedule from `start` on. */
const steps = (player: Schedule, start: number, count: number) =>
  record(
    range(start, count).pipe(
      map((index) => ({ index, batch: `batch ${index}` })),
      player,
    ),
  ).said;

describe('schedule', () => {
  it('gives every item to whom the function of its index says, and keeps index and batch', () => {
    const byParity = schedule((index) => (index % 2 ? { player: 'odd', rate: 0.1 } : { player: 'even' }));
    expect(steps(byParity, 0, 2)).toEqual([
      { index: 0, player: 'even', batch: 'batch 0' },
      { index: 1, player: 'odd', batch: 'batch 1', rate: 0.1 },
      'complete',
    ]);
  });

  it('sets no rate where the function gives none', () => {
    expect(
      steps(
        schedule(() => ({ player: 'critic' })),
        0,
        1,
      )[0],
    ).not.toHaveProperty('rate');
  });

  it('ends the stream with what the function throws', () => {
    const error = new Error('nobody');
    const nobody = schedule(() => {
      throw error;
    });
    expect(record(of({ index: 0, batch: 1 }).pipe(nobody)).said).toEqual([error]);
  });

  it('speaks when its source speaks, and leaves it when it is left', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const item = (index: number) => ({ index, batch: 'b' });
      const step = (index: number, player: string) => ({ ...item(index), player });
      const items$ = hot(' -a-b--c-d-|', { a: item(0), b: item(1), c: item(2), d: item(3) });
      const expected = '   -a-b--c--';
      const left = '       --------!';
      expectObservable(items$.pipe(nCritic(2)), left).toBe(expected, {
        a: step(0, 'critic'),
        b: step(1, 'critic'),
        c: step(2, 'generator'),
      });
      expectSubscriptions(items$.subscriptions).toBe('^-------!');
    });
  });

  it('goes on as if it had never stopped, wherever it is resumed', () => {
    const schedules = fc.oneof(
      fc.integer({ min: 1, max: 7 }).map((n) => nCritic(n) as Schedule),
      fc
        .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 })
        .map((players) => inOrder(players)),
      fc.constant(ttur({ critic: 4e-4, generator: 1e-4, encoder: 1e-3 }) as Schedule),
    );
    fc.assert(
      fc.property(schedules, fc.integer({ min: 0, max: 2 ** 40 }), fc.nat(20), (player, start, ahead) => {
        const whole = steps(player, start, 40);
        expect(steps(player, start + ahead, 40 - ahead)).toEqual(whole.slice(ahead));
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});

it('has no values, and nobody can put one in', () => {
  expect(Object.keys(noMetrics)).toEqual([]);
  expect(() => Object.assign(noMetrics, { loss: 1 })).toThrow(TypeError);
});
