import type { OperatorFunction } from 'rxjs';
import type { Gate } from './gate.ts';
import { operator } from './operator.ts';
import { functionOption, gateOption, notHeld } from './options.ts';
import { isPromiseLike } from './promise-like.ts';

/**
 * Applies a step to every turn and passes on what it answers. A plain answer flows on at once; a promise
 * holds the gate until it settles, so that one item is in flight. An error of the step, thrown or rejected,
 * ends the stream untouched. A pending step is waited for on completion; after unsubscription its answer is
 * dropped.
 *
 * The stream errors with a TypeError when the step answers with a promise and there is no gate to hold, or
 * when the gate does not hold the source.
 * @throws TypeError when `step` is not a function or `gate` is not a gate
 */
export function learn<Turn, Event>(
  step: (turn: Turn) => Event | PromiseLike<Event>,
  gate?: Gate,
): OperatorFunction<Turn, Event> {
  functionOption('step', step);
  if (gate !== undefined) gateOption(gate);
  return operator<Turn, Event>((out) => {
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
      next(turn) {
        try {
          if (release) throw new TypeError(notHeld('learn'));
          const answer = step(turn);
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
  'gate: expected the gate of the pump for a step that answers with a promise, got none: use learn(step, run.gate)';

/** Lets a promise go whose outcome nobody will hear of. */
function abandon(answer: PromiseLike<unknown>, error: Error): Error {
  answer.then(undefined, () => {});
  return error;
}
