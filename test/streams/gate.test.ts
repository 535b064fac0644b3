import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/streams/gate.ts';
import { collectGarbage, rounds } from './support.ts';

describe('Gate', () => {
  it('is held until everybody who holds it has released it', () => {
    const gate = new Gate();
    expect(gate.held).toBe(false);
    const first = gate.hold();
    const second = gate.hold();
    expect(gate.holders).toBe(2);
    first();
    expect(gate.held).toBe(true);
    second();
    expect(gate.held).toBe(false);
    expect(gate.holders).toBe(0);
  });

  it('counts a release once, however often it is called', () => {
    const gate = new Gate();
    const first = gate.hold();
    gate.hold();
    first();
    first();
    expect(gate.held).toBe(true);
  });

  it('calls a waiter at once where it is open', () => {
    let calls = 0;
    new Gate().onceOpen(() => calls++);
    expect(calls).toBe(1);
  });

  it('calls every waiter once, in the order in which they came', () => {
    const gate = new Gate();
    const called: string[] = [];
    const release = gate.hold();
    gate.onceOpen(() => called.push('a'));
    gate.onceOpen(() => called.push('b'));
    expect(called).toEqual([]);
    release();
    gate.hold()();
    expect(called).toEqual(['a', 'b']);
  });

  it('calls a waiter as often as it was given, and forgets only what was forgotten', () => {
    const gate = new Gate();
    let calls = 0;
    const waiter = () => calls++;
    const release = gate.hold();
    const forget = gate.onceOpen(waiter);
    gate.onceOpen(waiter);
    forget();
    forget();
    release();
    expect(calls).toBe(1);
  });

  it('lets the others wait on when a waiter holds it again', () => {
    const gate = new Gate();
    const called: string[] = [];
    let again = () => {};
    const release = gate.hold();
    gate.onceOpen(() => {
      called.push('a');
      again = gate.hold();
    });
    gate.onceOpen(() => called.push('b'));
    release();
    expect(called).toEqual(['a']);
    again();
    expect(called).toEqual(['a', 'b']);
  });

  it('calls each waiter once when a waiter opens it or waits again meanwhile', () => {
    const gate = new Gate();
    const called: string[] = [];
    const release = gate.hold();
    gate.onceOpen(() => {
      called.push('a');
      gate.hold()();
      gate.onceOpen(() => called.push('c'));
    });
    gate.onceOpen(() => called.push('b'));
    release();
    expect(called).toEqual(['a', 'b', 'c']);
  });

  it('calls the other waiters when one throws, and tells whoever opened it', () => {
    const gate = new Gate();
    const called: string[] = [];
    const release = gate.hold();
    gate.onceOpen(() => {
      throw new Error('no');
    });
    gate.onceOpen(() => called.push('b'));
    expect(release).toThrow('no');
    expect(called).toEqual(['b']);
    expect(gate.held).toBe(false);
  });

  it('keeps no waiter that was called or forgotten', async () => {
    const gate = new Gate();
    const kept: WeakRef<object>[] = [];
    const release = gate.hold();
    for (let i = 0; i < 100; i++) {
      const waiter = Object.assign(() => {}, { bytes: new Uint8Array(1000) });
      kept.push(new WeakRef(waiter));
      gate.onceOpen(waiter)();
    }
    await rounds();
    collectGarbage();
    expect(kept.filter((reference) => reference.deref()).length).toBeLessThan(5);
    release();
  });
});
