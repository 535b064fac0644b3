import { basename } from 'node:path';
import type { RunEvent, RunObserver } from '../events/run-observer.ts';
import type { RunContext } from '../run-context.ts';
import { RunEventLog } from './run-event-log.ts';
import { type LogTrouble, StepLog } from './step-log.ts';

/** The files of lines that a run writes: its log of steps, and its events. */
export class RunLogs implements RunObserver {
  readonly name = 'the logs';
  readonly steps: StepLog;
  readonly events: RunEventLog;
  readonly #directory: RunContext['directory'];
  readonly #warn: RunContext['warn'];

  /**
   * Sends an event when a file cannot be written, and when it can again. @throws the system's error
   */
  constructor({ directory, config, assembly, warn, events }: RunContext) {
    const troubled = (path: string, name: string) => (trouble: LogTrouble) => {
      const file = basename(path);
      warn(textOf(file, trouble));
      if (trouble.kind === 'write-failed') events.lost(name);
      events.event({ ...trouble, file, index: assembly.learner.index });
    };
    this.#directory = directory;
    this.#warn = warn;
    this.steps = new StepLog(directory.log, {
      every: config.logEvery,
      onTrouble: troubled(directory.log, 'the log'),
    });
    this.events = new RunEventLog(directory.events, {
      onTrouble: troubled(directory.events, 'the log of events'),
    });
  }

  onEvent(event: RunEvent): void {
    // What others may have by now is written no further.
    if (!this.#directory.held) return;
    this.steps.onEvent(event);
    this.events.onEvent(event);
  }

  /**
   * Tries once more to write what waits. @returns how many lines each file lacks, where one lacks
   * any
   */
  settle(): { readonly unwritten?: Readonly<Record<string, number>> } {
    if (!this.#directory.held) return {};
    this.steps.flush();
    this.events.flush();
    const { log, events } = this.#directory;
    const lacking = [
      [basename(log), this.steps.unwritten],
      [basename(events), this.events.unwritten],
    ] as const;
    const unwritten = Object.fromEntries(lacking.filter(([, lines]) => lines > 0));
    return Object.keys(unwritten).length > 0 ? { unwritten } : {};
  }

  /**
   * Writes what waits and closes the files, after all observers, some of which send a last event.
   */
  end(): void {
    for (const [name, log] of [
      ['the log', this.steps],
      ['the log of events', this.events],
    ] as const) {
      if (this.#directory.lost) log.discard();
      try {
        log.close();
      } catch (error) {
        this.#warn(`${name} is not whole: ${error}`);
      }
    }
  }
}

function textOf(file: string, trouble: LogTrouble): string {
  if (trouble.kind === 'write-failed')
    return `${file} cannot be written (${trouble.message}); its lines are kept and written later`;
  const { lost, from, to } = trouble;
  if (lost === 0) return `${file} is written again, no line is lost`;
  const steps = from === undefined ? '' : `, of steps ${from} to ${to}`;
  return `${file} is written again; ${lost} lines are lost${steps}`;
}
