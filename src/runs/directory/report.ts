import { monotonicSeconds, WeirError } from '../../base/index.ts';
import type { StepEvent } from '../../streams/index.ts';
import { ReportWriteError } from '../errors.ts';
import type { RecordedConfig } from './run-config.ts';
import type { RunDirectory } from './run-directory.ts';
import type { Ending, Report } from './run-report.ts';

/** Gathers what a report needs while a run goes on. */
export class Reporter {
  readonly #config: RecordedConfig;
  readonly #startedAt: number;
  readonly #before: number;
  readonly #began = monotonicSeconds();
  readonly #values = new Map<string, StepEvent['values']>();
  readonly #phases = new Map<string, { readonly steps: number; readonly seconds: number }>();

  /** @param before seconds of the executions that led to step `startedAt` */
  constructor(config: RecordedConfig, startedAt: number, before = 0) {
    this.#config = config;
    this.#startedAt = startedAt;
    this.#before = before;
  }

  /** Seconds of all executions so far. */
  get elapsed(): number {
    return this.#before + monotonicSeconds() - this.#began;
  }

  note(event: StepEvent): void {
    this.#values.set(event.player, event.values);
    if (event.phase === undefined) return;
    const { name } = event.phase;
    const { steps, seconds } = this.#phases.get(name) ?? { steps: 0, seconds: 0 };
    this.#phases.set(name, { steps: steps + 1, seconds: seconds + event.seconds });
  }

  /** @param steps steps done since the very beginning */
  report(
    ended: Ending,
    steps: number,
    rest: Pick<Report, 'error' | 'quality' | 'verdict' | 'picture' | 'checkpoint' | 'dataSeconds'> = {},
  ): Report {
    const { recipe, data, engine } = this.#config;
    const startedAt = this.#startedAt;
    const totalSeconds = this.elapsed;
    const seconds = totalSeconds - this.#before;
    const stepsPerSecond = (steps - startedAt) / seconds;
    const values = Object.fromEntries(this.#values);
    const figures = { steps, startedAt, seconds, totalSeconds, stepsPerSecond };
    const phases = [...this.#phases].map(([name, sums]) => ({ name, ...sums }));
    const inPhases = phases.length > 0 && { phases };
    return { recipe, data, engine, ended, ...figures, ...inPhases, values, ...rest };
  }

  failure(error: unknown, steps: number): Report {
    const code = error instanceof WeirError ? error.code : 'UNEXPECTED';
    const message = error instanceof Error ? error.message : String(error);
    return this.report('failed', steps, { error: { code, message } });
  }
}

/** Writes the report of a run. @returns why it could not be written */
export function writeReport(directory: RunDirectory, report: Report): ReportWriteError | undefined {
  try {
    directory.report(report);
    return undefined;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const { ended, steps } = report;
    const message = `report.json could not be written: ${reason}; the run has ${ended} at step ${steps}`;
    return new ReportWriteError(message, { cause });
  }
}
