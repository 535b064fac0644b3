import {
  type OpenExtension,
  type RunDirectory,
  type RunEvent,
  RunEventLog,
  type RunObserver,
} from '../runs/index.ts';
import type { Console } from './console.ts';

/** Reports to a run, and to its file of events after its end, that stdout or stderr are lost. */
export function watchOutput(console: Console): OpenExtension {
  return ({ directory, events }) => {
    const watch = new OutputWatch(console, (event) => events.event(event));
    return { observers: [watch], close: () => keep(watch.end(), directory) };
  };
}

/**
 * Appends the events that came after the run had ended, such as a report that could not be printed.
 */
function keep(events: readonly RunEvent[], directory: RunDirectory): void {
  if (!directory.locked || events.length === 0) return;
  const log = new RunEventLog(directory.events);
  for (const event of events) log.onEvent(event);
  log.close();
}

/**
 * Reports to a run that stdout or stderr can no longer be written. The run goes on and its exit
 * code stays its own.
 */
export class OutputWatch implements RunObserver {
  readonly name = 'the output';
  readonly #forget: readonly (() => void)[];
  readonly #waiting: { readonly stream: 'stdout' | 'stderr'; readonly code: string }[] = [];
  readonly #tell: (event: RunEvent) => void;
  /** The index of the next step. */
  #index = 0;
  #telling = false;

  constructor(console: Console, tell: (event: RunEvent) => void) {
    this.#tell = tell;
    this.#forget = (['stdout', 'stderr'] as const).flatMap((stream) => {
      const lost = (code: string) => {
        if (stream === 'stdout') console.stderr.write(`weir: stdout: cannot be written (${code})\n`);
        this.#waiting.push({ stream, code });
        if (this.#telling) this.#tellAll();
      };
      return console[stream].onLost?.(lost) ?? [];
    });
  }

  onStep({ index }: { readonly index: number }): void {
    this.#index = index + 1;
  }

  onBatched(_steps: number, _seconds: number, { index }: { readonly index: number }): void {
    this.#index = index + 1;
  }

  onEvent(event: RunEvent): void {
    this.#index = event.index;
    if (event.kind === 'started') this.#telling = true;
    if (event.kind === 'ended') this.#telling = false;
    if (this.#telling) this.#tellAll();
  }

  /** Stops listening. @returns the events that came after the run had ended */
  end(): readonly RunEvent[] {
    for (const forget of this.#forget) forget();
    return this.#events();
  }

  #tellAll(): void {
    for (const event of this.#events()) this.#tell(event);
  }

  #events(): readonly RunEvent[] {
    return this.#waiting.splice(0).map((lost) => ({ kind: 'output-lost', index: this.#index, ...lost }));
  }
}
