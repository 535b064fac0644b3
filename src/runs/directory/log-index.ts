import { macrotask } from '../../streams/index.ts';
import { type Columns, Curve } from './curve.ts';
import { type AskFiles, askDirectly } from './file-queue.ts';
import { GrowingFile } from './growing-file.ts';
import { type Mark, Marks } from './marks.ts';
import { isLogLine, type LogLine, parseLines } from './parse-lines.ts';

/** Bytes of log that are read again to show a stretch of it point by point. */
const closeUpBytes = 4_000_000;

/** A range of a log, and the number of points to return. */
export interface Stretch {
  readonly from?: number;
  readonly to?: number;
  /** The most buckets of a curve. */
  readonly max: number;
  /** Curves by name, `critic/loss`; all where absent. */
  readonly keys?: ReadonlySet<string>;
}

/** What a player has done so far. */
export interface PlayerTotals {
  steps: number;
  seconds: number;
}

/**
 * The curves of a run's log, read as it grows. Memory is bounded however long the log is, and
 * reading lets the event loop run between blocks of a few milliseconds, so that a run in the same
 * process goes on.
 */
export class LogIndex {
  readonly #path: string;
  readonly #ask: AskFiles;
  readonly #file: GrowingFile;
  readonly #onLine: (line: LogLine) => void;
  readonly #cut: () => void;
  #tally = new Tally();
  #marks = new Marks();
  #reading: Promise<void> | undefined;
  #stale = false;

  /**
   * @param onLine called with every line as it is read
   * @param cut called when the log was replaced and is read again from its beginning
   * @param ask asks the file system
   */
  constructor(
    path: string,
    onLine: (line: LogLine) => void = () => {},
    cut: () => void = () => {},
    ask: AskFiles = askDirectly,
  ) {
    this.#path = path;
    this.#ask = ask;
    this.#file = new GrowingFile(path, ask);
    this.#onLine = onLine;
    this.#cut = cut;
  }

  /**
   * Lets the next reading, or the one that is under way, begin again at the beginning, since the
   * log was cut.
   */
  forget(): void {
    this.#stale = true;
  }

  /**
   * Reads what was appended since. Calls at the same time share one reading. @throws the system's
   * error
   */
  async catchUp(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  /** The step of the last line; -1 before the first. */
  get last(): number {
    return this.#tally.last;
  }

  /** Seconds spent in the steps so far. */
  get seconds(): number {
    return this.#tally.time;
  }

  get lines(): number {
    return this.#tally.lines;
  }

  get players(): ReadonlyMap<string, Readonly<PlayerTotals>> {
    return this.#tally.players;
  }

  /** The names of all curves, in order of appearance: `critic/loss`. */
  get keys(): string[] {
    return [...this.#tally.curves.keys()];
  }

  /** Curves of a stretch; point by point where the stretch is short enough to be read again. */
  async columns(stretch: Stretch): Promise<Record<string, Columns>> {
    const { from = 0, to = Infinity, max, keys } = stretch;
    const begin = this.#marks.before(from);
    const end = this.#marks.after(to)?.offset ?? this.#file.offset;
    const whole = [...this.#tally.curves.values()].every((curve) => curve.exact);
    const part = from > 0 || to < this.last;
    const closeUp = part && !whole && begin !== undefined && end - begin.offset <= closeUpBytes;
    const curves = closeUp ? (await this.#again(begin, end)).curves : this.#tally.curves;
    const wanted = [...curves].filter(([key]) => keys === undefined || keys.has(key));
    return Object.fromEntries(wanted.map(([key, curve]) => [key, curve.columns(max, from, to)]));
  }

  /**
   * Seconds spent in steps up to some of them, which are in order, as well as the curves know it.
   */
  secondsAt(steps: readonly number[]): number[] {
    const { index, time } = this.#tally.clock.columns(Number.MAX_SAFE_INTEGER);
    let i = 0;
    return steps.map((step) => {
      while (i + 1 < index.length && index[i + 1]! <= step) i++;
      return time[i] ?? 0;
    });
  }

  async #readOn(): Promise<void> {
    do {
      if (this.#stale) {
        this.#stale = false;
        this.#file.seek(0);
        this.#forget();
      }
      await this.#read(true);
    } while (this.#stale);
  }

  /** @param suspicious whether the first line may show that the run has gone back */
  async #read(suspicious: boolean): Promise<void> {
    for await (const { text, offset, restarted } of this.#file.blocks()) {
      if (restarted) this.#forget();
      const lines = parseLines(text).filter(isLogLine);
      const first = lines[0];
      if (suspicious && first !== undefined && first.index <= this.#tally.last) {
        // The run resumed at a checkpoint and rewrote the log from there.
        this.#forget();
        this.#file.seek(0);
        return this.#read(false);
      }
      suspicious = false;
      if (first !== undefined) this.#marks.add({ index: first.index, offset, time: this.#tally.time });
      for (const line of lines) {
        this.#tally.add(line);
        this.#onLine(line);
      }
      await yieldToEventLoop();
    }
  }

  #forget(): void {
    this.#cut();
    this.#tally = new Tally();
    this.#marks = new Marks();
  }

  /** Reads a part of the log once more, with curves that can hold all of its points. */
  async #again({ index, offset, time }: Mark, end: number): Promise<Tally> {
    const tally = new Tally(1 << 16, index - 1, time);
    for await (const { text } of new GrowingFile(this.#path, this.#ask).seek(offset).blocks(end)) {
      for (const line of parseLines(text).filter(isLogLine)) tally.add(line);
      await yieldToEventLoop();
    }
    return tally;
  }
}

/** What was read of a log. */
class Tally {
  readonly curves = new Map<string, Curve>();
  /** When which step was. */
  readonly clock: Curve;
  readonly #players = new Map<string, { totals: PlayerTotals; curves: Map<string, Curve> }>();
  readonly #capacity: number | undefined;
  lines = 0;
  last: number;
  time: number;

  constructor(capacity?: number, last = -1, time = 0) {
    this.#capacity = capacity;
    this.clock = new Curve(capacity);
    this.last = last;
    this.time = time;
  }

  get players(): Map<string, PlayerTotals> {
    return new Map([...this.#players].map(([player, { totals }]) => [player, totals]));
  }

  add(line: LogLine): void {
    const { index, player, seconds } = line;
    // Steps between the lines of a thinned log are taken to have lasted as long.
    this.time += Math.max(0, index - this.last) * seconds;
    this.last = Math.max(this.last, index);
    this.clock.add(index, this.time, seconds);
    this.lines++;
    let known = this.#players.get(player);
    if (known === undefined) {
      known = { totals: { steps: 0, seconds: 0 }, curves: new Map() };
      this.#players.set(player, known);
    }
    known.totals.steps++;
    known.totals.seconds += seconds;
    for (const name in line) {
      const value = line[name];
      if (typeof value !== 'number' || name === 'index') continue;
      let curve = known.curves.get(name);
      if (curve === undefined) {
        curve = new Curve(this.#capacity);
        known.curves.set(name, curve);
        this.curves.set(`${player}/${name}`, curve);
      }
      curve.add(index, this.time, value);
    }
  }
}

/** Lets sockets, timers and the run itself have their step. */
function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    macrotask.schedule(resolve);
  });
}
