import { once } from 'node:events';
import {
  bufferCount,
  concatWith,
  finalize,
  ignoreElements,
  map,
  merge,
  NEVER,
  type Observable,
  of,
  Subject,
  take,
  tap,
  throwError,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { alongside } from '../../src/streams/alongside.ts';
import { pump } from '../../src/streams/pump.ts';
import { Run } from '../../src/streams/run.ts';
import { Numbers, record, upTo } from './support.ts';

const never = (error: unknown) => {
  throw error;
};

describe('alongside', () => {
  it('passes everything on as it is, subscribing to its source once', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const events$ = hot('-a-b-c|');
      const sides = [map(() => 1), ignoreElements(), take(1)];
      expectObservable(events$.pipe(alongside(never, ...sides))).toBe('-a-b-c|');
      expectSubscriptions(events$.subscriptions).toBe('^-----!');
    });
  });

  it('shows an event to all sides before it flows on', () => {
    const log: string[] = [];
    const side = (name: string) => tap((event: number) => log.push(`${name} ${event}`));
    of(1, 2)
      .pipe(alongside(never, side('a'), side('b')))
      .subscribe((event) => log.push(`run ${event}`));
    expect(log).toEqual(['a 1', 'b 1', 'run 1', 'a 2', 'b 2', 'run 2']);
  });

  it.each([
    [
      'throws in an operator',
      (events$: Observable<number>) => events$.pipe(map(() => never(new Error('side')))),
    ],
    ['errors by itself', () => throwError(() => new Error('side'))],
    ['throws before it begins', () => never(new Error('side'))],
  ])('is not touched by a side that %s', (_, failing) => {
    const failures: string[] = [];
    const seen: number[] = [];
    const watching = tap<number>((event) => seen.push(event));
    const { said } = record(
      of(1, 2, 3).pipe(
        alongside((error) => failures.push(String(error)), failing as typeof watching, watching),
      ),
    );
    expect(said).toEqual([1, 2, 3, 'complete']);
    expect(seen).toEqual([1, 2, 3]);
    expect(failures).toEqual(['Error: side']);
  });

  it('is not touched by a side that leaves early or says nothing at all', () => {
    expect(record(of(1, 2, 3).pipe(alongside(never, take(1), () => NEVER))).said).toEqual([
      1,
      2,
      3,
      'complete',
    ]);
  });

  it('warns when being told of a failure fails', async () => {
    const warned = once(process, 'warning');
    const told = () => never(new Error('told'));
    const { said } = record(
      of(1).pipe(
        alongside(
          told,
          map(() => never(new Error('side'))),
        ),
      ),
    );
    expect(said).toEqual([1, 'complete']);
    const [warning] = await warned;
    expect(warning.message).toBe('a side stream failed: Error: side (and onFailure failed: Error: told)');
  });

  it('flushes the sides before it completes', () => {
    const log: unknown[] = [];
    of(1, 2, 3)
      .pipe(
        alongside(never, (events$) =>
          events$.pipe(
            bufferCount(2),
            tap((buffer) => log.push(buffer)),
          ),
        ),
      )
      .subscribe({ complete: () => log.push('complete') });
    expect(log).toEqual([[1, 2], [3], 'complete']);
  });

  it('flushes the sides when the run fails, and passes the very error on', () => {
    const error = new Error('run');
    const log: unknown[] = [];
    const failures: unknown[] = [];
    const side = (events$: Observable<number>) =>
      events$.pipe(
        bufferCount(2),
        tap((buffer) => log.push(buffer)),
      );
    const failing$ = of(1).pipe(concatWith(throwError(() => error)));
    const { said } = record(failing$.pipe(alongside((failure) => failures.push(failure), side)));
    expect(said).toEqual([1, error]);
    expect(said[1]).toBe(error);
    expect(log).toEqual([[1]]);
    expect(failures).toEqual([]);
  });

  it('does not wait for a side that goes on after the last event', () => {
    const later$ = new Subject<string>();
    const log: string[] = [];
    const side = (events$: Observable<number>) =>
      merge(events$.pipe(ignoreElements()), later$).pipe(tap((text) => log.push(text)));
    expect(record(of(1).pipe(alongside(never, side))).said).toEqual([1, 'complete']);
    later$.next('written');
    expect(log).toEqual(['written']);
  });

  it('tears the sides down when it is left', () => {
    const log: string[] = [];
    const side = (events$: Observable<number>) =>
      events$.pipe(
        tap({ complete: () => log.push('complete') }),
        finalize(() => log.push('torn down')),
      );
    const { subscription } = record(new Subject<number>().pipe(alongside(never, side)));
    subscription.unsubscribe();
    expect(log).toEqual(['torn down']);
  });

  it('has sides of its own in every subscription', () => {
    let begun = 0;
    const watched$ = of(1).pipe(
      alongside(never, (events$) => {
        begun++;
        return events$;
      }),
    );
    record(watched$);
    record(watched$);
    expect(begun).toBe(2);
  });

  it('lets a side stop the run: the event at hand flows on, and nothing after it', async () => {
    const run = new Run();
    const numbers = new Numbers();
    const stopAt2 = tap((event: number) => event === 2 && run.stop());
    const summary = await run.done(pump(numbers, run).pipe(alongside(never, stopAt2)));
    expect(summary).toEqual({ events: 3, last: 2, ended: 'stopped' });
    expect(numbers).toMatchObject({ pulled: 3, closed: 1 });
  });

  it('lets a side abort the run', async () => {
    const run = new Run();
    const numbers = new Numbers();
    const abortAt2 = tap((event: number) => event === 2 && run.abort());
    const summary = await run.done(pump(numbers, run).pipe(alongside(never, abortAt2)));
    expect(summary).toEqual({ events: 2, last: 1, ended: 'aborted' });
    expect(numbers).toMatchObject({ pulled: 3, closed: 1 });
  });

  it('works without any side', () => {
    expect(record(of(...upTo(3)).pipe(alongside(never))).said).toEqual([0, 1, 2, 'complete']);
  });

  it('refuses what is not a function', () => {
    expect(() => alongside(undefined as never)).toThrow('onFailure: expected a function, got undefined');
    expect(() => alongside(never, 5 as never)).toThrow('side: expected a function, got 5');
  });
});
