import { once } from 'node:events';
import { expect, it } from 'vitest';
import { failureHandler } from '../../src/streams/failure-handler.ts';

it('tells the error, untouched', () => {
  const told: unknown[] = [];
  const error = new Error('no');
  failureHandler((what) => told.push(what))(error);
  expect(told).toEqual([error]);
});

it('warns the process where telling fails, too', async () => {
  const warned = once(process, 'warning');
  failureHandler(() => {
    throw new Error('deaf');
  })(new Error('no'));
  expect(String((await warned)[0].message)).toBe(
    'a side stream failed: Error: no (and onFailure failed: Error: deaf)',
  );
});

it('refuses what is no function', () => {
  expect(() => failureHandler(5 as never)).toThrow(/^onFailure: expected a function, got 5/);
});
