import { EMPTY, finalize, merge, NEVER, Observable, Subscriber, take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Tee } from '../../src/streams/tee.ts';

function teeOf() {
  const failures: unknown[] = [];
  return { failures, tee: new Tee<number>((error) => failures.push(error)) };
}

describe('Tee', () => {
  it('hands every event to every side, also to one that listens twice', () => {
    const { tee, failures } = teeOf();
    const seen: string[] = [];
    const log = (name: string) => tap((event: number) => seen.push(name + event));
    tee.attach((events$) => merge(events$.pipe(log('a')), events$.pipe(log('b'))));
    tee.attach((events$) => events$.pipe(log('c')));
    tee.next(1);
    tee.next(2);
    expect(seen).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2']);
    expect(failures).toEqual([]);
  });

  it('goes on with the others when a side leaves, errors or cannot even begin', () => {
    const { tee, failures } = teeOf();
    const seen: number[] = [];
    const error = new Error('side');
    tee.attach((events$) => events$.pipe(take(1)));
    tee.attach((events$) =>
      events$.pipe(
        tap(() => {
          throw error;
        }),
      ),
    );
    tee.attach(() => {
      throw error;
    });
    tee.attach(() => undefined as never);
    tee.attach((events$) => events$.pipe(tap((event) => seen.push(event))));
    tee.next(1);
    tee.next(2);
    expect(seen).toEqual([1, 2]);
    expect(failures).toEqual([error, expect.any(TypeError), error]);
  });

  it('calls a listener that has thrown no more', () => {
    const { tee, failures } = teeOf();
    const error = new Error('listener');
    const called: number[] = [];
    class Throwing extends Subscriber<number> {
      override next(event: number): void {
        called.push(event);
        throw error;
      }
    }
    tee.attach((events$) => new Observable(() => events$.subscribe(new Throwing())));
    tee.next(1);
    tee.next(2);
    expect(called).toEqual([1]);
    expect(failures).toEqual([error]);
  });

  it('survives a listener whose own teardown throws', () => {
    const { tee, failures } = teeOf();
    const error = new Error('teardown');
    const seen: number[] = [];
    const throwing = finalize<number>(() => {
      throw error;
    });
    tee.attach((events$) => events$.pipe(throwing));
    tee.attach((events$) => events$.pipe(tap((event) => seen.push(event))));
    tee.next(1);
    tee.complete();
    expect(seen).toEqual([1]);
    expect(failures).toHaveLength(1);
  });

  it('lets a side come and go while an event is handed out', () => {
    const { tee } = teeOf();
    const seen: string[] = [];
    tee.attach((events$) =>
      events$.pipe(
        take(1),
        tap(() => tee.attach((later$) => later$.pipe(tap((event) => seen.push(`late ${event}`))))),
      ),
    );
    tee.attach((events$) => events$.pipe(tap((event) => seen.push(`early ${event}`))));
    tee.next(1);
    tee.next(2);
    expect(seen).toEqual(['early 1', 'early 2', 'late 2']);
  });

  it('completes the events, and leaves sides that go on to themselves', () => {
    const { tee } = teeOf();
    const log: string[] = [];
    const goesOn = new Observable<never>(() => () => log.push('cut'));
    tee.attach((events$) => merge(events$.pipe(tap({ complete: () => log.push('complete') })), goesOn));
    tee.complete();
    tee.close();
    expect(log).toEqual(['complete']);
    tee.events$.subscribe({ complete: () => log.push('nothing to come') });
    expect(log).toEqual(['complete', 'nothing to come']);
  });

  it('cuts all sides when it is closed, and says nothing after that', () => {
    const { tee, failures } = teeOf();
    const log: unknown[] = [];
    const error = new Error('teardown');
    tee.attach((events$) =>
      events$.pipe(tap({ next: () => log.push('next'), complete: () => log.push('complete') })),
    );
    tee.attach(() =>
      NEVER.pipe(
        finalize(() => {
          throw error;
        }),
      ),
    );
    tee.attach(() => EMPTY);
    tee.attach(() => NEVER.pipe(finalize(() => log.push('cut'))));
    tee.close();
    tee.close();
    tee.next(1);
    tee.complete();
    expect(log).toEqual(['cut']);
    expect(failures).toHaveLength(1);
  });
});
