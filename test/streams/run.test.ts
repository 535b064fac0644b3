import { finalize, NEVER, of, range, Subject, take, tap, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { barrier } from '../../src/streams/barrier.ts';
import { every } from '../../src/streams/every.ts';
import { learn } from '../../src/streams/learn.ts';
import { numbered } from '../../src/streams/numbered.ts';
import { pump } from '../../src/streams/pump.ts';
import { Run } from '../../src/streams/run.ts';
import { milliseconds, Numbers, rounds, watchIntervals } from './support.ts';

describe('Run.done', () => {
  it('tells how many events there were, the last one, and that the stream completed', async () => {
    expect(await new Run().done(of('a', 'b'))).toEqual({ events: 2, last: 'b', ended: 'completed' });
    expect(await new Run().done(of())).toEqual({ events: 0, last: undefined, ended: 'completed' });
  });

  it.each([new Error('no'), 'text', undefined, { code: 5 }])(
    'rejects with the very error: %s',
    async (error) => {
      const thrown = await new Run().done(throwError(() => error)).catch((caught) => ({ caught }));
      expect(thrown).toEqual({ caught: error });
    },
  );

  it('rejects with what an observer in the stream throws, and closes the source', async () => {
    const numbers = new Numbers();
    const error = new Error('consumer');
    const throwing = tap(() => {
      throw error;
    });
    const run = new Run();
    await expect(run.done(pump(numbers, run).pipe(throwing))).rejects.toBe(error);
    expect(numbers).toMatchObject({ pulled: 1, closed: 1 });
  });

  it.each(['complete', 'error', 'abort'])('only warns of a finalizer that throws (%s)', async (end) => {
    const warnings: string[] = [];
    const run = new Run({ warn: (message) => warnings.push(message) });
    const events$ = new Subject<number>();
    const throwing = finalize<number>(() => {
      throw new Error('finalizer');
    });
    const ended = run.done(events$.pipe(throwing)).catch(() => {});
    if (end === 'complete') events$.complete();
    else if (end === 'error') events$.error('error');
    else run.abort();
    await ended;
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('Error: finalizer');
  });

  it('only warns of a finalizer that throws after a promise', async () => {
    const warnings: string[] = [];
    const run = new Run({ warn: (message) => warnings.push(message) });
    const summary = await run.done(
      pump(new Numbers().later(), run).pipe(
        take(2),
        learn(async (step) => step, run.gate),
        finalize(() => {
          throw new Error('finalizer');
        }),
      ),
    );
    expect(summary.events).toBe(2);
    expect(warnings).toHaveLength(1);
  });
});

describe('Run.pause', () => {
  it('takes effect after the present step, and resume goes on with the next', async () => {
    const run = new Run();
    const seen: number[] = [];
    const ended = run.done(
      pump(new Numbers(5), run).pipe(
        tap((item) => item === 2 && run.pause()),
        tap((item) => seen.push(item)),
      ),
    );
    await rounds();
    expect(seen).toEqual([0, 1, 2]);
    expect(run.paused).toBe(true);
    run.resume();
    expect(run.paused).toBe(false);
    expect(await ended).toEqual({ events: 5, last: 4, ended: 'completed' });
  });

  it('holds from the beginning when it comes first', async () => {
    const run = new Run();
    const numbers = new Numbers(2);
    run.pause();
    const ended = run.done(pump(numbers, run));
    await rounds();
    expect(numbers.pulled).toBe(0);
    run.resume();
    expect((await ended).events).toBe(2);
  });

  it('counts once, however often it is called', async () => {
    const run = new Run();
    run.pause();
    run.pause();
    run.resume();
    expect(run.gate.held).toBe(false);
    run.resume();
    expect(run.gate.held).toBe(false);
  });

  it('keeps the process alive only while a stream waits for it', async () => {
    const intervals = watchIntervals();
    const run = new Run();
    run.pause();
    expect(intervals()).toBe(0);
    const ended = run.done(pump(new Numbers(), run));
    expect(intervals()).toBe(1);
    run.resume();
    expect(intervals()).toBe(0);
    run.pause();
    run.stop();
    await ended;
    expect(intervals()).toBe(0);
  });

  it('stands still only once it is paused and its step is done', async () => {
    const run = new Run();
    const seen: boolean[] = [];
    const step = async () => {
      await milliseconds(1);
      seen.push(run.still);
      run.pause();
      await milliseconds(1);
      seen.push(run.still);
      void rounds().then(() => {
        seen.push(run.still);
        run.stop();
      });
    };
    await run.done(pump(new Numbers(), run).pipe(learn(step, run.gate)));
    expect(seen).toEqual([false, false, true]);
    expect(run.still).toBe(false);
  });

  it('lets the process go when the stream ends while it is paused', async () => {
    const intervals = watchIntervals();
    const run = new Run();
    await run.done(
      pump(new Numbers(), run).pipe(
        take(1),
        tap(() => run.pause()),
      ),
    );
    expect(run.paused).toBe(true);
    expect(intervals()).toBe(0);
  });
});

describe('Run.stop', () => {
  it('completes after the present step, and the last barrier runs', async () => {
    const run = new Run();
    const saved: number[] = [];
    const numbers = new Numbers();
    const ended = run.done(
      pump(numbered(numbers), run).pipe(
        learn(async (step) => {
          await rounds();
          return step;
        }, run.gate),
        tap(({ index }) => index === 4 && run.stop()),
        barrier(every(3), run.gate, ({ index }) => void saved.push(index)),
      ),
    );
    expect(await ended).toEqual({ events: 5, last: { index: 4, batch: 4 }, ended: 'stopped' });
    expect(saved).toEqual([2, 4]);
    expect(numbers).toMatchObject({ pulled: 5, closed: 1 });
  });

  it('lets a pending step end first', async () => {
    const run = new Run();
    let stepped = 0;
    const ended = run.done(
      pump(new Numbers(), run).pipe(
        learn(async () => {
          run.stop();
          await milliseconds(20);
          return ++stepped;
        }, run.gate),
      ),
    );
    expect(await ended).toEqual({ events: 1, last: 1, ended: 'stopped' });
  });

  it('ends a run that is paused, and it cannot be paused after that', async () => {
    const run = new Run();
    const ended = run.done(pump(new Numbers(), run).pipe(tap((item) => item === 1 && run.pause())));
    await rounds();
    run.stop();
    run.pause();
    expect(run.paused).toBe(false);
    expect(await ended).toEqual({ events: 2, last: 1, ended: 'stopped' });
  });

  it('ends a run that has not begun, without asking its source', async () => {
    const run = new Run();
    const numbers = new Numbers();
    run.stop();
    expect(await run.done(pump(numbers, run))).toEqual({ events: 0, last: undefined, ended: 'stopped' });
    expect(numbers.pulled).toBe(0);
  });

  it('is not the reason where the stream had ended already', async () => {
    const run = new Run();
    const summary = await run.done(
      pump(new Numbers(), run).pipe(
        take(3),
        tap((item) => item === 2 && run.stop()),
      ),
    );
    expect(summary).toEqual({ events: 3, last: 2, ended: 'completed' });
  });
});

describe('Run.abort', () => {
  it('unsubscribes at once: the source is closed, the pending task sees an aborted signal', async () => {
    const run = new Run();
    const numbers = new Numbers();
    let signal: AbortSignal | undefined;
    const ended = run.done(
      pump(numbers, run).pipe(
        barrier(
          () => true,
          run.gate,
          (_, given) => {
            signal = given;
            return new Promise(() => {});
          },
        ),
      ),
    );
    await rounds();
    run.abort('enough');
    expect(signal?.aborted).toBe(true);
    expect(numbers.closed).toBe(1);
    expect(run.signal.reason).toBe('enough');
    expect(run.gate.held).toBe(false);
    expect(await ended).toEqual({ events: 0, last: undefined, ended: 'aborted' });
  });

  it('ends a paused run, and every stream of the run', async () => {
    const run = new Run();
    run.pause();
    const both = [run.done(pump(new Numbers(), run)), run.done(NEVER)];
    run.abort();
    expect((await Promise.all(both)).map(({ ended }) => ended)).toEqual(['aborted', 'aborted']);
    expect(run.gate.held).toBe(false);
  });

  it('ends a stream that emits without end while it is being subscribed to', async () => {
    const run = new Run();
    const summary = await run.done(range(0, Infinity).pipe(tap((item) => item === 3 && run.abort())));
    expect(summary).toMatchObject({ events: 3, ended: 'aborted' });
  });

  it('subscribes to nothing where it came before', async () => {
    const run = new Run();
    const numbers = new Numbers();
    run.abort();
    expect((await run.done(pump(numbers, run))).ended).toBe('aborted');
    expect(numbers.pulled).toBe(0);
  });

  it('may be called again by whoever hears of it', async () => {
    const run = new Run();
    run.signal.addEventListener('abort', () => run.abort());
    const ended = run.done(NEVER.pipe(finalize(() => run.abort())));
    run.abort();
    expect((await ended).ended).toBe('aborted');
  });
});

describe('a run that is over', () => {
  it.each(['pause', 'resume', 'stop', 'abort'] as const)('is not harmed by a late %s', async (late) => {
    const run = new Run();
    const intervals = watchIntervals();
    const ended = run.done(pump(new Numbers(2), run));
    const summary = await ended;
    run[late]();
    run[late]();
    await rounds();
    expect(await ended).toBe(summary);
    expect(summary).toEqual({ events: 2, last: 1, ended: 'completed' });
    expect(intervals()).toBe(0);
  });
});
