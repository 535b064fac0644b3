import type { MonoTypeOperatorFunction } from 'rxjs';
import { failureHandler } from './failure-handler.ts';
import { operator } from './operator.ts';
import { functionOption } from './options.ts';

/**
 * `alongside` for a plain function, which costs a tenth: `see` is called with every event before it
 * flows on. One that throws is reported to `onFailure` and is not called again; the run goes on.
 * @throws TypeError when one of them is not a function
 */
export function tapSafely<Event>(
  onFailure: (error: unknown) => void,
  see: (event: NoInfer<Event>) => void,
): MonoTypeOperatorFunction<Event> {
  const failed = failureHandler(onFailure);
  functionOption('see', see);
  return operator<Event, Event>((out) => {
    let seeing = true;
    return {
      next(event) {
        if (seeing) {
          try {
            see(event);
          } catch (error) {
            seeing = false;
            failed(error);
          }
        }
        out.next(event);
      },
      complete: () => out.complete(),
    };
  });
}
