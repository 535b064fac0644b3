import { describe, expect, it, vi } from 'vitest';
import { heartbeat, keepAlive, macrotask } from '../../src/streams/macrotask.ts';
import { milliseconds, rounds, watchIntervals } from './support.ts';

describe('macrotask', () => {
  it('does work in a step of its own, after the promises of this one', async () => {
    const order: string[] = [];
    macrotask.schedule(() => order.push('work'));
    queueMicrotask(() => order.push('promise'));
    order.push('now');
    await rounds();
    expect(order).toEqual(['now', 'promise', 'work']);
  });

  it('lets timers be served between steps that schedule each other', async () => {
    let going = true;
    let steps = 0;
    const step = () => {
      steps++;
      if (going) macrotask.schedule(step);
    };
    step();
    while (steps < 3) await milliseconds(1);
    going = false;
  });

  it('lets the event loop step twice before it works, for a connection and for its question', async () => {
    const order: string[] = [];
    const done = new Promise<void>((resolve) => macrotask.schedule(resolve)).then(() => order.push('work'));
    setImmediate(() => {
      order.push('first step');
      setImmediate(() => order.push('second step'));
    });
    await done;
    expect(order).toEqual(['first step', 'second step', 'work']);
  });

  it('waits as long as it is told to', async () => {
    const begin = macrotask.now();
    await new Promise<void>((resolve) => macrotask.schedule(resolve, 20));
    expect(macrotask.now() - begin).toBeGreaterThanOrEqual(19);
  });

  it.each([0, 5])('does nothing once it is unsubscribed (delay %d)', async (delay) => {
    let done = false;
    macrotask
      .schedule(() => {
        done = true;
      }, delay)
      .unsubscribe();
    await milliseconds(15);
    expect(done).toBe(false);
  });
});

describe('keepAlive', () => {
  it('gives the process something to wait for until it is let go', () => {
    const intervals = watchIntervals();
    const letGo = keepAlive();
    expect(intervals()).toBe(1);
    letGo();
    expect(intervals()).toBe(0);
  });
});

describe('work without a delay', () => {
  it('waits for no timer', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await new Promise<void>((resolve) => macrotask.schedule(resolve));
    const waited = timers.mock.calls.length;
    timers.mockRestore();
    expect(waited).toBe(0);
  });
});

describe('the timer that keeps a process alive', () => {
  it('has nothing to do for as long as a timer can wait', () => {
    const timers = vi.spyOn(globalThis, 'setInterval');
    keepAlive()();
    // Longer delays are taken for a millisecond.
    expect(timers.mock.calls.map(([, delay]) => delay)).toEqual([2 ** 31 - 1]);
    timers.mockRestore();
  });
});

describe('heartbeat', () => {
  it('calls again and again until it is let go, and keeps no process', async () => {
    const waitedFor = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = waitedFor();
    let beats = 0;
    const letGo = heartbeat(() => beats++, 1);
    expect(waitedFor()).toBe(before);
    await expect.poll(() => beats).toBeGreaterThan(2);
    letGo();
    const then = beats;
    await milliseconds(20);
    expect(beats).toBe(then);
  });
});
