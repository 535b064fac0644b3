import type { MonoTypeOperatorFunction } from 'rxjs';
import type { Due } from './every.ts';
import type { Gate } from './gate.ts';
import { operator } from './operator.ts';
import { functionOption, gateOption, notHeld } from './options.ts';
import { isPromiseLike } from './promise-like.ts';

/** What a barrier does. Its signal is aborted when the stream ends while the task is pending. */
export type Task<Event> = (event: Event, signal: AbortSignal) => unknown;

/**
 * A barrier: where an event is due, nothing moves until `task(event, signal)` is done; then the
 * event flows on. A task that answers without a promise never touches the gate. An error of the
 * task ends the stream, untouched.
 *
 * When the source completes, a pending task finishes first; then, where `due.atEnd` says so (as
 * `every(n)` does) and the last event was not due, the task runs for it once the gate is open, and
 * only then the stream completes. So a run that is bounded before its barriers, `take(n)` and then
 * `barrier(...)`, ends with a checkpoint, and so does one that is asked to stop; with `take` after
 * the barrier there is no completion to see. There is no final task after an error or without any
 * event.
 *
 * The stream errors with a TypeError when an item comes while a task is pending: the gate is not
 * that of the pump.
 * @throws TypeError when `due` or `task` is not a function, or `gate` is not a gate
 */
export function barrier<Event>(
  due: Due<NoInfer<Event>>,
  gate: Gate,
  task: Task<NoInfer<Event>>,
): MonoTypeOperatorFunction<Event> {
  functionOption('due', due);
  gateOption(gate);
  functionOption('task', task);

  return operator<Event, Event>((out) => {
    /** The task that is pending. */
    let pending: { readonly release: () => void; readonly controller: AbortController } | undefined;
    let last: Event | undefined;
    /** The last event has not had its task. */
    let owed = false;
    let completed = false;
    let forget = () => {};

    const fail = (error: unknown) => out.error(error);

    const perform = (event: Event, then: () => void) => {
      const controller = new AbortController();
      const answer = task(event, controller.signal);
      if (!isPromiseLike(answer)) return then();
      pending = { release: gate.hold(), controller };
      answer.then(() => {
        const release = pending?.release;
        pending = undefined;
        then();
        release?.();
        if (completed) finish();
      }, fail);
    };

    const finish = () => {
      if (!owed || !due.atEnd) return out.complete();
      owed = false;
      forget = gate.onceOpen(() => {
        try {
          perform(last as Event, () => out.complete());
        } catch (error) {
          fail(error);
        }
      });
    };

    return {
      next(event) {
        try {
          if (pending) throw new TypeError(notHeld('barrier'));
          last = event;
          owed = !due(event);
          if (owed) out.next(event);
          else perform(event, () => out.next(event));
        } catch (error) {
          fail(error);
        }
      },
      complete() {
        completed = true;
        if (!pending) finish();
      },
      teardown() {
        forget();
        pending?.controller.abort();
        pending?.release();
      },
    };
  });
}
