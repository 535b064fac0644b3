import { of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { tapSafely } from '../../src/streams/index.ts';
import { record } from './support.ts';

const never = (error: unknown) => {
  throw error;
};

describe('tapSafely', () => {
  it('sees every event before it flows on', () => {
    const log: unknown[] = [];
    const seen$ = of(1, 2).pipe(tapSafely(never, (event) => log.push(`saw ${event}`)));
    seen$.subscribe((event) => log.push(event));
    expect(log).toEqual(['saw 1', 1, 'saw 2', 2]);
  });

  it('is called no more once it has failed, and the run goes on', () => {
    const failures: unknown[] = [];
    let calls = 0;
    const broken = () => {
      calls++;
      throw new Error('broken');
    };
    const { said } = record(of(1, 2, 3).pipe(tapSafely((error) => failures.push(error), broken)));
    expect(said).toEqual([1, 2, 3, 'complete']);
    expect(failures).toEqual([new Error('broken')]);
    expect(calls).toBe(1);
  });

  it('begins again for every subscriber', () => {
    let calls = 0;
    const seen$ = of(1).pipe(
      tapSafely(
        () => {},
        () => {
          calls++;
          throw new Error('broken');
        },
      ),
    );
    record(seen$);
    record(seen$);
    expect(calls).toBe(2);
  });

  it('passes the error of its source on, untouched', () => {
    const error = new Error('no');
    expect(record(throwError(() => error).pipe(tapSafely(never, () => {}))).said).toEqual([error]);
  });

  it.each([
    ['onFailure', [5, () => {}]],
    ['see', [() => {}, undefined]],
  ])('refuses a bad %s', (name, given) => {
    expect(() => tapSafely(...(given as [never, never]))).toThrow(`${name}: expected a function, got `);
  });
});
