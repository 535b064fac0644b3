import { describe, expect, it } from 'vitest';
import { once } from '../../src/engine/once.ts';

describe('once', () => {
  it('works the first time and gives its result ever after, a missing one too', () => {
    let count = 0;
    const work = () => {
      count++;
    };
    expect(once('test: nothing', work)).toBe(undefined);
    expect(once('test: nothing', work)).toBe(undefined);
    expect(count).toBe(1);
    expect(once('test: a thing', () => 5)).toBe(5);
    expect(once('test: a thing', () => 6)).toBe(5);
  });

  it('tries again after a failure', () => {
    expect(() =>
      once('test: failure', () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(once('test: failure', () => 1)).toBe(1);
  });
});
