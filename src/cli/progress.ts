import { monotonicSeconds } from '../base/index.ts';
import type { StepEvent } from '../streams/index.ts';

/** Where progress is written: `process.stderr` fits. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** What a progress display has to know of its run. */
export interface ProgressOptions {
  /** The index after the last step. */
  readonly steps: number;
  readonly checkpointEvery: number;
  /** Colours on a terminal. */
  readonly colour: boolean;
  readonly now?: () => number;
}

const windowSeconds = 60;
const terminalInterval = 0.2;
const lineInterval = 10;
/** Steps of an agent that ended episodes, whose mean return is shown. */
const returnsShown = 100;

/**
 * The progress of a run for a person: step, rate over the last minute, time left, losses, mean
 * return of an agent's last episodes, time to the next checkpoint. One line that is written over
 * and over on a terminal, one line every ten seconds elsewhere.
 */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #options: ProgressOptions;
  readonly #now: () => number;
  readonly #values = new Map<string, Readonly<Record<string, number>>>();
  /** (time, steps done) of the last minute, about one a second. */
  #marks: { time: number; done: number }[] = [];
  #returns: number[] = [];
  #shown: number;
  #open = false;

  constructor(stream: ProgressStream, options: ProgressOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#now = options.now ?? monotonicSeconds;
    this.#shown = this.#now();
  }

  /** Takes note of an event and shows it when the interval is over. */
  next(event: StepEvent): void {
    const time = this.#now();
    const done = event.index + 1;
    // After a roll-back the measurement starts again.
    if (done <= (this.#marks.at(-1)?.done ?? 0)) [this.#marks, this.#returns] = [[], []];
    if (this.#marks.length === 0) this.#marks.push({ time: time - event.seconds, done: event.index });
    if (time - this.#marks.at(-1)!.time >= 1) this.#marks.push({ time, done });
    if (this.#marks.length > 2 && time - this.#marks[1]!.time >= windowSeconds) this.#marks.shift();
    if (Object.keys(event.values).length > 0) this.#values.set(event.player, event.values);
    if (event.values.return !== undefined) this.#returns.push(event.values.return);
    if (this.#returns.length > returnsShown) this.#returns.shift();
    if (time - this.#shown < (this.#stream.isTTY ? terminalInterval : lineInterval)) return;
    this.#shown = time;
    this.#show(this.#line(done, this.#rate(time, done)));
  }

  /** Ends the line on a terminal, so that what is printed next begins on a fresh one. */
  end(): void {
    if (this.#open) this.#stream.write('\n');
    this.#open = false;
  }

  #rate(time: number, done: number): number {
    const first = this.#marks[0]!;
    return time > first.time ? (done - first.done) / (time - first.time) : 0;
  }

  #line(done: number, rate: number): string {
    const { steps, checkpointEvery } = this.#options;
    const left = (steps: number) => (rate > 0 ? duration(steps / rate) : '?');
    const parts = [...this.#values].flatMap(([player, { loss }]) =>
      loss === undefined ? [] : [`${player} ${number(loss)}`],
    );
    const wasserstein = [...this.#values.values()].find(
      (values) => values.wasserstein !== undefined,
    )?.wasserstein;
    if (wasserstein !== undefined) parts.push(`W ${number(wasserstein)}`);
    const count = this.#returns.length;
    if (count > 0) parts.push(`return ${number(this.#returns.reduce((sum, one) => sum + one, 0) / count)}`);
    return [
      `${done}/${steps} ${Math.floor((100 * done) / steps)} %`,
      `${number(rate)}/s`,
      `${left(steps - done)} left`,
      ...parts,
      `checkpoint in ${left(Math.min(checkpointEvery - (done % checkpointEvery), steps - done))}`,
    ].join('  ');
  }

  #show(line: string): void {
    if (!this.#stream.isTTY) {
      this.#stream.write(`${line}\n`);
      return;
    }
    const cut = line.slice(0, Math.max(20, (this.#stream.columns ?? 100) - 1));
    this.#stream.write(
      `\r\u001b[2K${this.#options.colour ? cut.replace(/^\S+ \d+ %/, '\u001b[36m$&\u001b[39m') : cut}`,
    );
    this.#open = true;
  }
}

function number(value: number | undefined): string {
  return value === undefined ? '-' : Number(value.toPrecision(3)).toString();
}

/** Seconds as people say them: `8 s`, `3 min 20 s`, `5 h 2 min`, `2 d 4 h`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => whole >= size);
  if (first === -1) return '0 s';
  let rest = whole;
  const parts = units.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count > 0 ? `${count} ${unit}` : '';
  });
  return parts.filter(Boolean).join(' ');
}
