import type { OperatorFunction } from 'rxjs';
import type { Gate } from './gate.ts';
import { operator } from './operator.ts';
import { functionOption, gateOption, notHeld } from './options.ts';
import { isPromiseLike } from './promise-like.ts';

/**
 * Applies an update to every step and passes on what it answers. A plain answer flows on at once; a
 * promise holds the gate until it settles, so that one item is in flight. An error of the update,
 * thrown or rejected, ends the stream untouched. A pending update is waited for on completion;
 * after unsubscription its answer is dropped.
 *
 * The stream errors with a TypeError when the update answers with a promise and there is no gate to
 * hold, or when the gate does not hold the source.
 * @throws TypeError when `update` is not a function or `gate` is not a gate
 */
export function learn<Step, Event>(
  update: (step: Step) => Event | PromiseLike<Event>,
  gate?: Gate,
): OperatorFunction<Step, Event> {
  functionOption('update', update);
  if (gate !== undefined) gateOption(gate);
  return operator<Step, Event>((out) => {
    let release: (() => void) | undefined;
    let completed = false;

    const fail = (error: unknown) => out.error(error);
    const settle = (event: Event) => {
      const open = release;
      release = undefined;
      out.next(event);
      open?.();
      if (completed) out.complete();
    };

    return {
      next(step) {
        try {
          if (release) throw new TypeError(notHeld('learn'));
          const answer = update(step);
          if (!isPromiseLike(answer)) return out.next(answer);
          if (!gate) throw abandon(answer, new TypeError(noGate));
          release = gate.hold();
          answer.then(settle, fail);
        } catch (error) {
          fail(error);
        }
      },
      complete() {
        completed = true;
        if (!release) out.complete();
      },
      teardown: () => release?.(),
    };
  });
}

const noGate =
  'gate: expected the gate of the pump for an update that answers with a promise, got none: use learn(update, run.gate)';

/** Discards a promise without an unhandled rejection. */
function abandon(answer: PromiseLike<unknown>, error: Error): Error {
  answer.then(undefined, () => {});
  return error;
}
