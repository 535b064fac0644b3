import { expect, it } from 'vitest';
import { timed } from '../../../src/recipes/gan/timed-source.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('adds up how long items are waited for, and not how long they are used', async () => {
  const waited = { seconds: 0 };
  let closed = 0;
  let took = 0;
  async function* slow() {
    try {
      for (;;) {
        const began = performance.now();
        await pause(5);
        took += (performance.now() - began) / 1000;
        yield took;
      }
    } finally {
      closed++;
    }
  }
  const began = performance.now();
  let used = 0;
  let items = 0;
  for await (const _ of timed({ [Symbol.asyncIterator]: slow }, waited)) {
    const start = performance.now();
    await pause(20);
    used += (performance.now() - start) / 1000;
    if (++items === 3) break;
  }
  expect(waited.seconds).toBeGreaterThanOrEqual(took);
  expect(waited.seconds).toBeLessThanOrEqual((performance.now() - began) / 1000 - used);
  expect(closed).toBe(1);
});

it('passes items, ends and errors of a synchronous source on', () => {
  const waited = { seconds: 0 };
  let closed = 0;
  function* failing() {
    try {
      yield 1;
      yield 2;
      throw new Error('broken');
    } finally {
      closed++;
    }
  }
  const source = timed({ [Symbol.iterator]: failing }, waited) as Iterable<number>;
  const seen: number[] = [];
  expect(() => {
    for (const item of source) seen.push(item);
  }).toThrow('broken');
  for (const item of source) {
    seen.push(item);
    break;
  }
  expect([seen, closed]).toEqual([[1, 2, 1], 2]);
  expect(waited.seconds).toBeGreaterThan(0);
});
