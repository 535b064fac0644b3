import { Observable, of, range, take, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { operator } from '../../src/streams/operator.ts';
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
