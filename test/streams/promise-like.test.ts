import { describe, expect, it } from 'vitest';
import { isPromiseLike } from '../../src/streams/promise-like.ts';

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
