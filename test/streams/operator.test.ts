import { Observable, of, range, take, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { operator } from '../../src/streams/operator.ts';
import { isPromiseLike } from '../../src/streams/promise-like.ts';
import { record } from './support.ts';

const same = (log: string[] = []) =>
  operator<number, number>((out) => ({
    next: (value) => out.next(value),
    failing: () => log.push('failing'),
    complete: () => out.complete(),
    teardown: () => log.push('teardown'),
  }));

describe('operator', () => {
  it('passes values and completion on, and tears down once', () => {
    const log: string[] = [];
    expect(record(of(1, 2).pipe(same(log))).said).toEqual([1, 2, 'complete']);
    expect(log).toEqual(['teardown']);
  });

  it('passes the error of its source on, untouched', () => {
    const log: string[] = [];
    const error = new Error('no');
    expect(record(throwError(() => error).pipe(same(log))).said[0]).toBe(error);
    expect(log).toEqual(['failing', 'teardown']);
  });

  it('can be left while an endless source is still being subscribed to', () => {
    const log: string[] = [];
    expect(record(range(0, Infinity).pipe(same(log), take(2))).said).toEqual([0, 1, 'complete']);
    expect(log).toEqual(['teardown']);
  });

  it.each(['complete', 'error'] as const)('drops items that come after the end (%s)', (end) => {
    const error = new Error('no');
    const source$ = new Observable<number>((out) => {
      out.next(1);
      if (end === 'complete') out.complete();
      else out.error(error);
      out.next(2);
    });
    expect(record(source$.pipe(same())).said).toEqual([1, end === 'complete' ? end : error]);
  });

  it('drops items that come while it ends, and after it was left', () => {
    const seen: number[] = [];
    const inlet = operator<number, number>((out) => ({
      next: (item) => void seen.push(item),
      complete() {
        send(2);
        out.complete();
      },
    }));
    let [send, end] = [(_: number) => {}, () => {}];
    const source$ = new Observable<number>((out) => {
      [send, end] = [(item) => out.next(item), () => out.complete()];
      return undefined;
    });
    record(source$.pipe(inlet));
    send(1);
    end();
    const { subscription } = record(source$.pipe(inlet));
    send(3);
    subscription.unsubscribe();
    send(4);
    expect(seen).toEqual([1, 3]);
  });

  it('unsubscribes from its source', () => {
    let left = 0;
    const source$ = new Observable<number>(() => () => left++);
    record(source$.pipe(same())).subscription.unsubscribe();
    expect(left).toBe(1);
  });

  it('has a state of its own in every subscription', () => {
    const counting = operator<number, number>((out) => {
      let count = 0;
      return { next: () => out.next(++count), complete: () => out.complete() };
    });
    const counted$ = of('a', 'b').pipe(counting as never);
    expect(record(counted$).said).toEqual([1, 2, 'complete']);
    expect(record(counted$).said).toEqual([1, 2, 'complete']);
  });
});

describe('isPromiseLike', () => {
  // biome-ignore lint/suspicious/noThenProperty: a promise of another library
  it.each([Promise.resolve(), { then: () => {} }])('knows what can be waited for', (value) => {
    expect(isPromiseLike(value)).toBe(true);
  });

  it.each([undefined, null, 0, '', 'then', {}, { index: 1 }, () => {}])(
    'takes %j as the answer itself',
    (value) => {
      expect(isPromiseLike(value)).toBe(false);
    },
  );
});
