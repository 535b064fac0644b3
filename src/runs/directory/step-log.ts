import type { LogEvery } from '../../recipes/index.ts';
import type { StepEvent } from '../../streams/index.ts';
import { hasMetrics } from '../events/has-metrics.ts';
import type { RunEvent, RunObserver } from '../events/run-observer.ts';
import { LineFile, type LineFileOptions } from './line-file.ts';
import { LogRule } from './log-rule.ts';
import { isLogLine, parseLines } from './parse-lines.ts';
import { cutLog, stepOf } from './rewind-step-log.ts';

const tailBytes = 1 << 16;

/** Events at which the last step is logged, independent of the rule. */
const telling = new Set<RunEvent['kind']>(['alert', 'asked', 'rate', 'fault', 'ended']);

/**
 * The log could not be written, or can be again: the steps of the lines that were lost stand from
 * `from` to `to`.
 */
export type LogTrouble =
  | { readonly kind: 'write-failed'; readonly message: string }
  | {
      readonly kind: 'write-recovered';
      readonly lost: number;
      readonly from?: number;
      readonly to?: number;
    };

/** Options of a log. */
export interface StepLogOptions extends Omit<LineFileOptions, 'onTrouble' | 'gather' | 'wait'> {
  /** Which steps have a line; each one by default. */
  readonly every?: LogEvery;
  readonly onTrouble?: (trouble: LogTrouble) => void;
}

/**
 * The log of a run as JSON lines: index, player, phase, seconds and values of its steps, in order.
 * Lines are gathered and written in blocks, at least every two seconds; `sync` before a checkpoint
 * makes the log reach at least as far as the checkpoint. A failed write is reported to `onTrouble`
 * and tried again.
 */
export class StepLog implements RunObserver {
  readonly name = 'the log';
  readonly #lines: LineFile;
  readonly #every: LogEvery;
  #rule: LogRule;
  /** The last step that has values, where it has no line. */
  #leftOut: StepEvent | undefined;
  /** Steps whose lines were dropped since writing has begun to fail. */
  #lost: { readonly from: number; readonly to: number } | undefined;

  /** Opens the log to append. @throws the system's error when the file cannot be opened */
  constructor(path: string, { every = 1, onTrouble = () => {}, ...options }: StepLogOptions = {}) {
    this.#every = every;
    this.#lines = new LineFile(path, {
      ...options,
      gather: 16_384,
      onTrouble: (trouble) => {
        const lost = trouble.kind === 'write-recovered' ? this.#lost : undefined;
        if (trouble.kind === 'write-recovered') this.#lost = undefined;
        onTrouble({ ...trouble, ...lost });
      },
    });
    this.#rule = this.#continued();
  }

  /** Lines that should be in the file and are not. */
  get unwritten(): number {
    return this.#lines.unwritten;
  }

  /** Takes a step; whether it has a line is up to the rule. */
  write(event: StepEvent): void {
    if (this.#rule.due(event)) {
      this.#leftOut = undefined;
      this.#append(event);
    } else if (hasMetrics(event)) this.#leftOut = event;
  }

  /** Beside what happens, the step stands at which it did. */
  onEvent({ kind }: RunEvent): void {
    if (telling.has(kind)) this.writeLast();
  }

  /** Writes the last step also where it has no line by the rule. */
  writeLast(): void {
    if (this.#leftOut !== undefined) this.#append(this.#leftOut);
    this.#leftOut = undefined;
  }

  /**
   * Hands all lines to the operating system. @returns false where it did not take them; they are
   * then kept
   */
  flush(): boolean {
    return this.#lines.flush();
  }

  /**
   * Writes the last step and all others, and waits until they survive a loss of power. @throws the
   * system's error
   */
  async sync(): Promise<void> {
    this.writeLast();
    await this.#lines.sync();
  }

  /** Cuts the log back to the lines before step `index`. @throws the system's error */
  rewind(index: number): void {
    this.#leftOut = undefined;
    this.#lines.cut(
      (file) => cutLog(file, index),
      (line) => (stepOf(line) ?? Infinity) < index,
    );
    this.#rule = this.#continued();
  }

  /** Drops the lines that are not written: the file is no longer this run's. */
  discard(): void {
    this.#lines.discard();
  }

  /** @throws the system's error, also where lines are left that were not written */
  close(): void {
    this.#lines.close();
  }

  #append({ index, player, seconds, values, phase }: StepEvent): void {
    const place = phase && { phase: phase.name };
    const took = Number(seconds.toPrecision(4));
    const line = JSON.stringify({ index, player, ...place, seconds: took, ...values });
    if (!this.#lines.write(line)) this.#lost = { from: this.#lost?.from ?? index, to: index };
  }

  /** The rule, with the lines that are there taken into account. */
  #continued(): LogRule {
    const rule = new LogRule(this.#every);
    const lines = parseLines(this.#lines.tail(tailBytes)).filter(isLogLine);
    for (const line of lines) rule.note(line);
    return rule;
  }
}
