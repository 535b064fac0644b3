import { getEventListeners, once } from 'node:events';
import { config, finalize, take, tap } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { Gate } from '../../src/streams/gate.ts';
import { macrotask } from '../../src/streams/macrotask.ts';
import { numbered } from '../../src/streams/numbered.ts';
import { pump } from '../../src/streams/pump.ts';
import { Run } from '../../src/streams/run.ts';
import { ByHand, CountingScheduler, milliseconds, Numbers, record, rounds, upTo } from './support.ts';

describe('pump', () => {
  it.each(['sync', 'async'])('delivers every item of a source in order and completes (%s)', async (kind) => {
    const numbers = new Numbers(5);
    const { said, ended } = record(pump(kind === 'sync' ? numbers : numbers.later()));
    expect(said).toEqual([]);
    await ended;
    expect(said).toEqual([0, 1, 2, 3, 4, 'complete']);
    expect(numbers.closed).toBe(1);
  });

  it('iterates the source again for every subscription', async () => {
    const items$ = pump(upTo(2));
    const both = [record(items$), record(items$)];
    await Promise.all(both.map(({ ended }) => ended));
    expect(both.map(({ said }) => said)).toEqual([
      [0, 1, 'complete'],
      [0, 1, 'complete'],
    ]);
  });

  it('closes the source when its consumer leaves', async () => {
    const sync = new Numbers();
    const later = new Numbers();
    await record(pump(sync).pipe(take(3))).ended;
    await record(pump(later.later()).pipe(take(3))).ended;
    await rounds();
    expect(sync).toMatchObject({ pulled: 3, closed: 1 });
    expect(later).toMatchObject({ pulled: 3, closed: 1 });
  });

  it.each([1e-6, 10])(
    'wants no further step when its consumer has left (slices of %s ms)',
    async (sliceMs) => {
      const scheduler = new CountingScheduler();
      await record(pump(new Numbers(), { scheduler, sliceMs }).pipe(take(3))).ended;
      expect(scheduler.wanted).toBe(0);
    },
  );

  it('pulls for ten milliseconds in a step unless told', async () => {
    /** Items that were delivered in the first step, where each takes one millisecond. */
    const inFirstStep = async (options: { readonly sliceMs?: number }) => {
      let time = 0;
      let steps = 0;
      const scheduler = {
        now: () => time,
        schedule(work: () => void) {
          steps++;
          return macrotask.schedule(work);
        },
      };
      let first = 0;
      const items$ = pump(new Numbers(), { scheduler, ...options }).pipe(
        tap(() => {
          time++;
          if (steps === 1) first++;
        }),
        take(100),
      );
      await record(items$).ended;
      return first;
    };
    const counts = [
      await inFirstStep({}),
      await inFirstStep({ sliceMs: 10 }),
      await inFirstStep({ sliceMs: 11 }),
    ];
    expect(counts).toEqual([10, 10, 11]);
  });

  it('finishes once where an answer comes between the stop and the step that the stop has asked for', async () => {
    let answer = (_: IteratorResult<number>) => {};
    let close = (_: IteratorResult<number>) => {};
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<number>>((resolve) => (answer = resolve)),
        return: () => new Promise<IteratorResult<number>>((resolve) => (close = resolve)),
      }),
    };
    const stop = new AbortController();
    let stopped = 0;
    const released: number[] = [];
    const { said, ended } = record(
      pump(source, {
        stopping: stop.signal,
        onStopped: () => stopped++,
        release: (item) => released.push(item),
      }),
    );
    await rounds();
    stop.abort();
    answer({ done: false, value: 7 });
    await rounds();
    close({ done: true, value: undefined });
    await ended;
    expect({ said, stopped, released }).toEqual({ said: ['complete'], stopped: 1, released: [7] });
  });

  it('looks at the clock for one in eight quick items, and for each again when they step slow', async () => {
    let time = 0;
    let looks = 0;
    const scheduler = {
      schedule: macrotask.schedule,
      now() {
        looks++;
        return time;
      },
    };
    const [quick, slow] = [800, 100];
    let before = 0;
    const items$ = pump(new Numbers(), { scheduler }).pipe(
      tap((item) => {
        if (item === quick) before = looks;
        time += item < quick ? 0.001 : 1;
      }),
      take(quick + slow),
    );
    await record(items$).ended;
    expect(before).toBeLessThan(quick / 8 + 10);
    expect(looks - before).toBeGreaterThanOrEqual(slow - 8);
  });

  it('asks for nothing when it is left before its first step', async () => {
    const numbers = new Numbers();
    record(pump(numbers)).subscription.unsubscribe();
    await rounds();
    expect(numbers.pulled).toBe(0);
  });

  it.each(['sync', 'async'])('errors with the very error of its source (%s)', async (kind) => {
    const error = new Error('torn');
    const numbers = new Numbers(9, (i) => {
      if (i === 2) throw error;
    });
    const { said, ended } = record(pump(kind === 'sync' ? numbers : numbers.later()));
    await ended;
    expect(said).toEqual([0, 1, error]);
    expect(said[2]).toBe(error);
    expect(numbers.closed).toBe(1);
  });

  it('errors when the source cannot be opened', async () => {
    const error = new Error('locked');
    const source = {
      [Symbol.iterator]() {
        throw error;
      },
    };
    const { said, ended } = record(pump(source));
    await ended;
    expect(said).toEqual([error]);
  });

  it('errors when an iterator answers with nonsense', async () => {
    const { said, ended } = record(pump({ [Symbol.iterator]: () => ({ next: () => null as never }) }));
    await ended;
    expect(said).toEqual([expect.any(TypeError)]);
  });

  it('survives being left by a source that is running', async () => {
    const run = new Run();
    const numbers = new Numbers(9, (i) => i === 2 && run.abort());
    const released: number[] = [];
    const summary = await run.done(pump(numbers, { ...run, release: (item: number) => released.push(item) }));
    await rounds();
    expect(summary).toEqual({ events: 2, last: 1, ended: 'aborted' });
    expect(released).toEqual([2]);
    expect(numbers.closed).toBe(1);
  });

  it.each([
    ['source', [5], /^source: expected an iterable or an async iterable, got 5/],
    ['sliceMs', [[], { sliceMs: 0 }], /^sliceMs: expected a finite number above 0, got 0/],
    ['sliceMs', [[], { sliceMs: '5' }], /^sliceMs: /],
    ['abandonAfterMs', [[], { abandonAfterMs: Infinity }], /^abandonAfterMs: .* got Infinity/],
    ['gate', [[], { gate: {} }], /^gate: expected a Gate such as run\.gate, got /],
    ['release', [[], { release: 5 }], /^release: expected a function, got 5/],
  ])('refuses a bad %s', (_, given, message) => {
    expect(() => pump(...(given as [never, never]))).toThrow(message);
  });
});

describe('the gate of a pump', () => {
  it('has nothing pulled while it is held from downstream', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ expectObservable, flush }) => {
      const gate = new Gate();
      const numbers = new Numbers(3);
      const holdFor5 = tap(() => {
        const release = gate.hold();
        scheduler.schedule(release, 5);
      });
      const items$ = pump(numbers, { gate, scheduler }).pipe(holdFor5);
      expectObservable(items$).toBe('a----b----c----|', { a: 0, b: 1, c: 2 });
      flush();
      expect(numbers.closed).toBe(1);
    });
  });

  it('keeps an item that arrives while it is held until it opens', async () => {
    const byHand = new ByHand<string>();
    const gate = new Gate();
    const { said } = record(pump(byHand, { gate }));
    await rounds();
    const release = gate.hold();
    byHand.answer('a');
    await rounds();
    expect(said).toEqual([]);
    release();
    await rounds();
    expect(said).toEqual(['a']);
    expect(byHand.asked).toHaveLength(1);
  });

  it('may be held and opened by whoever receives an item, without recursion', async () => {
    const gate = new Gate();
    let deepest = 0;
    let depth = 0;
    const { said, ended } = record(
      pump(upTo(100), { gate }).pipe(
        tap(() => {
          deepest = Math.max(deepest, ++depth);
          gate.hold()();
          depth--;
        }),
      ),
    );
    await ended;
    expect(said).toHaveLength(101);
    expect(deepest).toBe(1);
  });

  it('may be held by the source itself', async () => {
    const gate = new Gate();
    let release = () => {};
    const numbers = new Numbers(3, (i) => {
      if (i === 1) release = gate.hold();
    });
    const { said } = record(pump(numbers, { gate }));
    await rounds();
    expect(said).toEqual([0]);
    release();
    await rounds();
    expect(said).toEqual([0, 1, 2, 'complete']);
  });
});

describe('stopping a pump', () => {
  it.each(['stop', 'abort'] as const)(
    'releases an item that was pulled but not delivered (%s)',
    async (how) => {
      const run = new Run();
      const byHand = new ByHand<string>();
      const released: string[] = [];
      const ended = run.done(pump(byHand, { ...run, release: (item: string) => released.push(item) }));
      await rounds();
      const open = run.gate.hold();
      byHand.answer('a');
      await rounds();
      run[how]();
      open();
      expect((await ended).events).toBe(0);
      expect(released).toEqual(['a']);
      expect(byHand.closed).toBe(1);
    },
  );

  it.each(['stop', 'abort'] as const)('releases an item that arrives after %s', async (how) => {
    const run = new Run();
    const byHand = new ByHand<string>();
    const released: string[] = [];
    const ended = run.done(pump(byHand, { ...run, release: (item: string) => released.push(item) }));
    await rounds();
    run[how]();
    expect((await ended).events).toBe(0);
    byHand.answer('late');
    await rounds();
    expect(released).toEqual(['late']);
    expect(byHand.closed).toBe(1);
  });

  it('closes a source that owes an answer at once where the source can', async () => {
    const run = new Run();
    const byHand = new ByHand<string>();
    const ended = run.done(pump(numbered(byHand), run));
    await rounds();
    run.stop();
    expect((await ended).ended).toBe('stopped');
  });

  it('waits for a source that closes slowly', async () => {
    const run = new Run();
    const log: string[] = [];
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const slow = async function* () {
      try {
        await asked;
        yield 'late';
      } finally {
        await milliseconds(10);
        log.push('closed');
      }
    };
    const release = (item: string) => log.push(item);
    const ended = run.done(pump(slow(), { ...run, release }));
    await rounds();
    run.stop();
    answer();
    expect(await ended).toEqual({ events: 0, last: undefined, ended: 'stopped' });
    expect(log.sort()).toEqual(['closed', 'late']);
  });

  it('abandons a source that never answers, with a warning', async () => {
    const warnings: string[] = [];
    const run = new Run({ warn: (message) => warnings.push(message) });
    const stuck = new Numbers(9, () => new Promise(() => {}));
    const ended = run.done(pump(stuck.later(), { ...run, abandonAfterMs: 30 }));
    await rounds();
    const begin = performance.now();
    run.stop();
    expect((await ended).ended).toBe('stopped');
    expect(performance.now() - begin).toBeGreaterThanOrEqual(25);
    expect(warnings).toEqual(['the source was abandoned: it has not closed within 30 ms of the stop']);
  });

  it('abandons it after five seconds by default', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    const warnings: string[] = [];
    scheduler.run(({ expectObservable }) => {
      const stopper = new AbortController();
      scheduler.schedule(() => stopper.abort(), 7);
      const stuck = new Numbers(9, () => new Promise(() => {}));
      const warn = (message: string) => warnings.push(message);
      expectObservable(pump(stuck.later(), { stopping: stopper.signal, scheduler, warn })).toBe('7ms 5s |');
    });
    expect(warnings).toHaveLength(1);
  });

  it('warns through the process where nobody else is named', async () => {
    const stopper = new AbortController();
    const stuck = new Numbers(9, () => new Promise(() => {}));
    const { ended } = record(pump(stuck.later(), { stopping: stopper.signal, abandonAfterMs: 5 }));
    const warned = once(process, 'warning');
    await rounds();
    stopper.abort();
    await ended;
    const [warning] = await warned;
    expect(warning.message).toContain('the source was abandoned');
  });

  it('needs no patience after it was left while it waits for its source', async () => {
    const scheduler = new CountingScheduler();
    const run = new Run();
    const stuck = new Numbers(9, () => new Promise(() => {}));
    const ended = run.done(pump(stuck.later(), { ...run, scheduler }));
    await rounds();
    run.stop();
    await rounds();
    expect(scheduler.wanted).toBe(1);
    run.abort();
    expect((await ended).ended).toBe('aborted');
    expect(scheduler.wanted).toBe(0);
  });

  it.each(['while it is asked', 'while it answers'])(
    'works when the source stops the run %s',
    async (when) => {
      const run = new Run();
      const numbers = new Numbers(9, (i) => {
        if (i === 2) run.stop();
        return when === 'while it is asked' ? undefined : rounds(1);
      });
      const source = when === 'while it is asked' ? numbers : numbers.later();
      expect(await run.done(pump(source, run))).toEqual({ events: 2, last: 1, ended: 'stopped' });
      expect(numbers.closed).toBe(1);
    },
  );

  it('works when an asynchronous source stops the run in the very call of next()', async () => {
    const run = new Run();
    const next = () => {
      run.stop();
      return new Promise<never>(() => {});
    };
    const source = { [Symbol.asyncIterator]: () => ({ next }) };
    expect((await run.done(pump(source, run))).ended).toBe('stopped');
  });

  it('waits for the step or barrier that holds the gate', async () => {
    const stopper = new AbortController();
    const gate = new Gate();
    const { said } = record(
      pump(new Numbers(), { gate, stopping: stopper.signal }).pipe(tap(() => gate.hold())),
    );
    await rounds();
    stopper.abort();
    await rounds();
    expect(said).toEqual([0]);
  });

  it('works with a signal that was aborted before', async () => {
    const numbers = new Numbers();
    const { said, ended } = record(pump(numbers, { stopping: AbortSignal.abort() }));
    await ended;
    expect(said).toEqual(['complete']);
    expect(numbers.pulled).toBe(0);
  });

  it.each(['stop', 'abort'] as const)('warns of a source that fails after %s', async (how) => {
    const warnings: string[] = [];
    const run = new Run({ warn: (message) => warnings.push(message) });
    const failing = new ByHand<number>();
    const ended = run.done(pump(failing, run));
    await rounds();
    run[how]();
    failing.asked[0]!.reject(new Error('torn'));
    expect(await ended).toMatchObject({ events: 0, ended: how === 'stop' ? 'stopped' : 'aborted' });
    await rounds();
    expect(warnings).toEqual(['the source failed after the run was stopped or left: Error: torn']);
    expect(failing.closed).toBe(how === 'stop' ? 0 : 1);
  });

  it('warns of a release that fails', async () => {
    const warnings: string[] = [];
    const run = new Run({ warn: (message) => warnings.push(message) });
    const byHand = new ByHand<number>();
    const release = () => {
      throw new Error('freed twice');
    };
    const ended = run.done(pump(byHand, { ...run, release }));
    await rounds();
    byHand.answer(1);
    run.stop();
    await ended;
    expect(warnings).toEqual(['an item that was not delivered could not be released: Error: freed twice']);
  });

  it('leaves no listener on the signal', async () => {
    const stopper = new AbortController();
    const listeners = () => getEventListeners(stopper.signal, 'abort').length;
    const { ended } = record(pump(upTo(3), { stopping: stopper.signal }));
    expect(listeners()).toBe(1);
    await ended;
    expect(listeners()).toBe(0);
    record(pump(upTo(3), { stopping: stopper.signal })).subscription.unsubscribe();
    expect(listeners()).toBe(0);
  });
});

describe('a consumer that throws', () => {
  afterEach(() => {
    config.onUnhandledError = null;
  });

  it('is reported by RxJS, and the pump goes on', async () => {
    const reported: unknown[] = [];
    config.onUnhandledError = (error) => reported.push(error);
    let count = 0;
    await new Promise<void>((complete) => {
      pump(upTo(3)).subscribe({
        next(item) {
          count++;
          throw item;
        },
        complete,
      });
    });
    await milliseconds(5);
    expect(count).toBe(3);
    expect(reported).toEqual([0, 1, 2]);
  });
});

describe('a finalizer that throws', () => {
  it('is a warning of the pump where nobody else catches it', async () => {
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const throwing = finalize<number>(() => {
      throw new Error('finalizer');
    });
    const { said, ended } = record(pump(upTo(1), { warn }).pipe(throwing));
    await ended;
    await rounds();
    expect(said).toEqual([0, 'complete']);
    expect(warnings).toEqual([expect.stringContaining('Error: finalizer')]);
  });
});
