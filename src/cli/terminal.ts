import type { OpenExtension, Report, RunContext, RunEvent, RunObserver } from '../runs/index.ts';
import { type Console, printJson, wantsColour } from './console.ts';
import { duration, Progress } from './progress.ts';

/** Shows a run on the terminal: what it is, its progress, and how it has ended. */
export class Terminal {
  readonly #console: Console;
  readonly #options: { readonly json?: boolean; readonly quiet?: boolean };
  #progress: Progress | undefined;
  /** Why this engine, in a few words. */
  reason = '';
  /** The address of the live page, where there is one. */
  page: string | undefined;

  constructor(console: Console, options: { readonly json?: boolean; readonly quiet?: boolean }) {
    this.#console = console;
    this.#options = options;
  }

  /** Says what is no warning, unless the terminal is to be quiet. */
  say(text: string): void {
    if (this.#options.quiet) return;
    this.end();
    this.#console.stderr.write(`weir: ${text}\n`);
  }

  readonly extension: OpenExtension = (context) => ({
    observers: this.#options.quiet ? [] : [this.#observer(context)],
    onReport: async (report) => {
      const { stdout } = this.#console;
      this.end();
      if (this.#options.json) printJson(this.#console, report);
      else if (!this.#options.quiet) stdout.write(summary(report, context.directory.path));
      await stdout.settled?.();
    },
  });

  /** Ends the line of progress. */
  end(): void {
    this.#progress?.end();
  }

  #observer({ directory, config }: RunContext): RunObserver {
    const { stderr } = this.#console;
    const progress = new Progress(stderr, { ...config, colour: wantsColour(this.#console, stderr) });
    this.#progress = progress;
    return {
      name: 'progress',
      onStep: (event) => progress.next(event),
      onBatched: (_steps, _seconds, last) => progress.next(last),
      onEvent: ({ kind }: RunEvent) => {
        if (kind !== 'started') return;
        const { recipe, data, engine } = config;
        this.say(`${recipe} on ${data}, engine ${engine} (${this.reason}), in ${directory.path}`);
        if (this.page !== undefined) this.say(`live page on ${this.page}`);
      },
    };
  }
}

function summary(report: Report, path: string): string {
  const { ended, steps, startedAt, seconds, totalSeconds, stepsPerSecond, verdict, picture, unwritten } =
    report;
  const share = Math.round((100 * (report.dataSeconds ?? 0)) / seconds);
  const inAll = startedAt > 0 ? `; ${duration(totalSeconds)} in all` : '';
  return [
    `${ended} after ${steps} steps (${steps - startedAt} in ${duration(seconds)}, ${stepsPerSecond.toFixed(1)} a second${inAll})`,
    ...(share >= 5 ? [`${share} % of the time steps waited for data`] : []),
    ...Object.entries(unwritten ?? {}).map(
      ([file, lines]) => `${file} lacks ${lines} lines that could not be written`,
    ),
    ...(picture === undefined ? [] : [`picture: ${picture}`]),
    ...(ended === 'stopped' ? [`go on with: weir resume ${path}`] : []),
    ...(verdict === undefined ? [] : [verdict]),
    '',
  ].join('\n');
}
