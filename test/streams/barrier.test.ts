import { concatWith, of, range, Subject, take, tap, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { barrier } from '../../src/streams/barrier.ts';
import { every } from '../../src/streams/every.ts';
import { Gate } from '../../src/streams/gate.ts';
import { learn } from '../../src/streams/learn.ts';
import { pump } from '../../src/streams/pump.ts';
import { Run } from '../../src/streams/run.ts';
import { deferred, Numbers, record, rounds, upTo } from './support.ts';

const events = (count: number) => upTo(count).map((index) => ({ index }));
const indexOf = (value: unknown) => (value as { index: number }).index ?? value;
const always = () => true;

describe('barrier', () => {
  it('runs the task where an event is due, and passes every event on', () => {
    const done: number[] = [];
    const { said } = record(
      of(...events(6)).pipe(barrier(every(3), new Gate(), ({ index }) => void done.push(index))),
    );
    expect(done).toEqual([2, 5]);
    expect(said.map(indexOf)).toEqual([...upTo(6), 'complete']);
  });

  it('speaks when its source speaks, and is left with it', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const events$ = hot('-a-b-c|');
      expectObservable(events$.pipe(barrier(always, new Gate(), () => {})), '----!').toBe('-a-b-');
      expectSubscriptions(events$.subscriptions).toBe('^---!');
    });
  });

  it('never touches the gate for a task that is synchronous', () => {
    const gate = new Gate();
    gate.hold = () => {
      throw new Error('held');
    };
    expect(record(of(1, 2).pipe(barrier(always, gate, () => 5))).said).toEqual([1, 2, 'complete']);
  });

  it('lets nothing move while the task is pending; the event flows on when it is done', async () => {
    const gate = new Gate();
    const log: string[] = [];
    const numbers = new Numbers(3, (i) => log.push(`pull ${i}`));
    const { ended } = record(
      pump(numbers, { gate }).pipe(
        barrier(always, gate, async (event) => {
          log.push(`begin ${event}`);
          await rounds();
          expect(gate.held).toBe(true);
          log.push(`end ${event}`);
        }),
        learn((event) => void log.push(`event ${event}`)),
      ),
    );
    await ended;
    expect(log).toEqual([0, 1, 2].flatMap((i) => [`pull ${i}`, `begin ${i}`, `end ${i}`, `event ${i}`]));
    expect(gate.held).toBe(false);
  });

  it.each(['throws', 'rejects'])('ends the stream with the very error that a task %s', async (how) => {
    const error = new Error('disk full');
    const gate = new Gate();
    const numbers = new Numbers();
    const { said, ended } = record(
      pump(numbers, { gate }).pipe(
        barrier(
          (event) => event === 2,
          gate,
          () => {
            if (how === 'throws') throw error;
            return Promise.reject(error);
          },
        ),
      ),
    );
    await ended;
    expect(said).toEqual([0, 1, error]);
    expect(said[2]).toBe(error);
    expect(numbers).toMatchObject({ pulled: 3, closed: 1 });
    expect(gate.held).toBe(false);
  });

  it('ends the stream with what `due` throws', () => {
    const error = new Error('no');
    const due = () => {
      throw error;
    };
    expect(record(of(1).pipe(barrier(due, new Gate(), () => {}))).said).toEqual([error]);
  });

  it('aborts the signal of a pending task when it is left, and opens the gate', async () => {
    const gate = new Gate();
    const { promise, resolve } = deferred();
    let signal: AbortSignal | undefined;
    const { said, subscription } = record(
      of(1).pipe(
        barrier(always, gate, (_, given) => {
          signal = given;
          return promise;
        }),
      ),
    );
    expect(signal?.aborted).toBe(false);
    subscription.unsubscribe();
    expect(signal?.aborted).toBe(true);
    expect(gate.held).toBe(false);
    resolve();
    await rounds();
    expect(said).toEqual([]);
  });

  it('does not abort the signal of a task that is done', async () => {
    const signals: AbortSignal[] = [];
    const { ended } = record(
      of(1).pipe(barrier(always, new Gate(), async (_, signal) => void signals.push(signal))),
    );
    await ended;
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it('aborts the pending task and passes the error on when its source fails', async () => {
    const error = new Error('source');
    const events$ = new Subject<number>();
    let signal: AbortSignal | undefined;
    const { said } = record(
      events$.pipe(
        barrier(always, new Gate(), (_, given) => {
          signal = given;
          return new Promise(() => {});
        }),
      ),
    );
    events$.next(1);
    events$.error(error);
    expect(said).toEqual([error]);
    expect(signal?.aborted).toBe(true);
  });

  it('says so when its gate does not hold the source', () => {
    const { said } = record(range(0, 3).pipe(barrier(always, new Gate(), () => new Promise(() => {}))));
    expect(String(said[0])).toContain('lets items come while barrier holds it');
  });

  it('refuses options of the wrong kind', () => {
    expect(() => barrier(5 as never, new Gate(), () => {})).toThrow('due: expected a function, got 5');
    expect(() => barrier(always, {} as never, () => {})).toThrow(/^gate: expected a Gate/);
    expect(() => barrier(always, new Gate(), undefined as never)).toThrow('task: expected a function');
  });
});

describe('the end of a stream with a barrier', () => {
  const tasksOf = async (count: number, due = every(3)) => {
    const gate = new Gate();
    const done: number[] = [];
    const { said, ended } = record(
      pump(events(99), { gate }).pipe(
        take(count),
        barrier(due, gate, async ({ index }) => {
          await rounds();
          done.push(index);
        }),
      ),
    );
    await ended;
    expect(said.map(indexOf)).toEqual([...upTo(count), 'complete']);
    return done;
  };

  it('has a final task for the last event when `take` comes before the barrier', async () => {
    expect(await tasksOf(5)).toEqual([2, 4]);
  });

  it('has no second task for a last event that was due', async () => {
    expect(await tasksOf(6)).toEqual([2, 5]);
  });

  it('has a final task before the first is due', async () => {
    expect(await tasksOf(1)).toEqual([0]);
  });

  it('has no final task where there was no event', async () => {
    expect(await tasksOf(0)).toEqual([]);
  });

  it('has no final task where `due` says nothing of the end', async () => {
    expect(await tasksOf(5, every(3, { atEnd: false }))).toEqual([2]);
    expect(await tasksOf(5, ({ index }) => index === 1)).toEqual([1]);
  });

  it('has no final task after an error', async () => {
    const done: number[] = [];
    const error = new Error('no');
    const failing$ = of(...events(2)).pipe(concatWith(throwError(() => error)));
    const { said } = record(
      failing$.pipe(barrier(every(9), new Gate(), ({ index }) => void done.push(index))),
    );
    expect(said.at(-1)).toBe(error);
    expect(done).toEqual([]);
  });

  it('has no final task after it was left', () => {
    const done: number[] = [];
    record(
      of(...events(9)).pipe(
        barrier(every(9), new Gate(), ({ index }) => void done.push(index)),
        take(2),
      ),
    );
    expect(done).toEqual([]);
  });

  it.each(['throws', 'rejects'])('fails with the very error that a final task %s', async (how) => {
    const error = new Error('disk full');
    const { said, ended } = record(
      of({ index: 0 }).pipe(
        barrier(every(9), new Gate(), () => {
          if (how === 'throws') throw error;
          return Promise.reject(error);
        }),
      ),
    );
    await ended;
    expect(said[1]).toBe(error);
  });

  it('has its final tasks one after the other, also where the last barrier is still at work', async () => {
    const run = new Run();
    const log: string[] = [];
    const task = (name: string) => async () => {
      log.push(`begin ${name}`);
      await rounds();
      log.push(`end ${name}`);
    };
    await run.done(
      pump(events(9), run).pipe(
        take(5),
        barrier(every(3), run.gate, task('evaluation')),
        barrier(every(5), run.gate, task('checkpoint')),
        barrier(every(9), run.gate, task('picture')),
        tap(({ index }) => log.push(`event ${index}`)),
      ),
    );
    const whole = (name: string) => [`begin ${name}`, `end ${name}`];
    expect(log).toEqual([
      'event 0',
      'event 1',
      ...whole('evaluation'),
      'event 2',
      'event 3',
      ...whole('checkpoint'),
      'event 4',
      ...whole('evaluation'),
      ...whole('picture'),
    ]);
  });

  it('waits with the final task while the run is paused', async () => {
    const run = new Run();
    const done: number[] = [];
    const ended = run.done(
      pump(events(9), run).pipe(
        take(2),
        learn((event) => {
          if (event.index === 1) run.pause();
          return event;
        }),
        barrier(every(9), run.gate, ({ index }) => void done.push(index)),
      ),
    );
    await rounds();
    expect(done).toEqual([]);
    run.resume();
    await ended;
    expect(done).toEqual([1]);
  });

  it('has no final task when it is left while it waits for it', async () => {
    const run = new Run();
    const done: number[] = [];
    const ended = run.done(
      pump(events(9), run).pipe(
        take(1),
        learn((event) => {
          run.pause();
          return event;
        }),
        barrier(every(9), run.gate, ({ index }) => void done.push(index)),
      ),
    );
    await rounds();
    run.abort();
    await ended;
    await rounds();
    expect(done).toEqual([]);
  });
});
