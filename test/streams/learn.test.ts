import { from, of, range, Subject, take } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/streams/gate.ts';
import { learn } from '../../src/streams/learn.ts';
import { pump } from '../../src/streams/pump.ts';
import { deferred, Numbers, record, rounds, upTo } from './support.ts';

/** A gate that counts how often it was held. */
class CountingGate extends Gate {
  holds = 0;
  override hold() {
    this.holds++;
    return super.hold();
  }
}

describe('learn', () => {
  it('passes a plain answer on at once and never touches the gate', () => {
    const gate = new CountingGate();
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const steps$ = cold('      -a-(bc)-|');
      const step = (step: string) => step.toUpperCase();
      expectObservable(steps$.pipe(learn(step, gate))).toBe('-A-(BC)-|');
      expectSubscriptions(steps$.subscriptions).toBe('^-------!');
    });
    expect(gate.holds).toBe(0);
  });

  it('holds the gate until a promise settles, and passes the event on before it opens', async () => {
    const gate = new Gate();
    const { promise, resolve } = deferred<string>();
    const heldWhenSaid: boolean[] = [];
    const steps$ = new Subject<number>();
    steps$.pipe(learn(() => promise, gate)).subscribe(() => heldWhenSaid.push(gate.held));
    steps$.next(0);
    expect(gate.held).toBe(true);
    resolve('event');
    await rounds();
    expect(heldWhenSaid).toEqual([true]);
    expect(gate.held).toBe(false);
  });

  it('has one item in flight, in order, with steps that are sync and async in any mixture', async () => {
    const gate = new Gate();
    let inFlight = 0;
    const step = (step: number) => {
      if (step % 3 !== 0) return step;
      expect(++inFlight).toBe(1);
      return rounds(step % 4).then(() => {
        inFlight--;
        return step;
      });
    };
    const { said, ended } = record(pump(upTo(50), { gate }).pipe(learn(step, gate)));
    await ended;
    expect(said).toEqual([...upTo(50), 'complete']);
    expect(gate.held).toBe(false);
  });

  it('waits for a pending step before it completes', async () => {
    const gate = new Gate();
    const { said, ended } = record(
      pump(new Numbers(), { gate }).pipe(
        take(2),
        learn((step) => rounds().then(() => step), gate),
      ),
    );
    await ended;
    expect(said).toEqual([0, 1, 'complete']);
  });

  it('says nothing after it was left, and opens the gate', async () => {
    const gate = new Gate();
    const { promise, resolve } = deferred<string>();
    const { said, subscription } = record(of(0).pipe(learn(() => promise, gate)));
    subscription.unsubscribe();
    expect(gate.held).toBe(false);
    resolve('late');
    await rounds();
    expect(said).toEqual([]);
  });

  it('is not bothered by a step that fails after it was left', async () => {
    const gate = new Gate();
    const { promise, reject } = deferred<string>();
    const { said, subscription } = record(of(0).pipe(learn(() => promise, gate)));
    subscription.unsubscribe();
    reject(new Error('late'));
    await rounds();
    expect(said).toEqual([]);
  });

  it('ends the stream with what the step throws or rejects with, untouched, and opens the gate', async () => {
    const error = new Error('not finite');
    const gate = new Gate();
    const thrown = record(
      from([0, 1]).pipe(
        learn(() => {
          throw error;
        }, gate),
      ),
    );
    expect(thrown.said[0]).toBe(error);
    expect(thrown.said).toHaveLength(1);
    const numbers = new Numbers();
    const rejected = record(pump(numbers, { gate }).pipe(learn(() => Promise.reject(error), gate)));
    await rejected.ended;
    expect(rejected.said[0]).toBe(error);
    expect(rejected.said).toHaveLength(1);
    expect(gate.held).toBe(false);
    expect(numbers).toMatchObject({ pulled: 1, closed: 1 });
  });

  it('passes an error of its source on although a step is pending, and drops the event', async () => {
    const error = new Error('disk');
    const { promise, resolve } = deferred<string>();
    const gate = new Gate();
    const steps$ = new Subject<number>();
    const { said } = record(steps$.pipe(learn(() => promise, gate)));
    steps$.next(0);
    steps$.error(error);
    resolve('late');
    await rounds();
    expect(said).toEqual([error]);
    expect(gate.held).toBe(false);
  });

  it('says what to pass when a promise comes and there is no gate', async () => {
    const { said } = record(of(0).pipe(learn(() => Promise.reject(new Error('unheard')))));
    await rounds();
    expect(said).toEqual([expect.any(TypeError)]);
    expect(String(said[0])).toContain('learn(update, run.gate)');
  });

  it('says so when its gate does not hold the source', () => {
    const { said } = record(range(0, 3).pipe(learn(() => new Promise<number>(() => {}), new Gate())));
    expect(said).toEqual([expect.any(TypeError)]);
    expect(String(said[0])).toContain('lets items come while learn holds it');
  });

  it('refuses an update that is not a function and a gate that is none', () => {
    expect(() => learn(5 as never)).toThrow('update: expected a function, got 5');
    expect(() => learn(() => 1, 5 as never)).toThrow('gate: expected a Gate such as run.gate, got 5');
  });
});
