import type { Engine, OpenedEngine } from '../engine/index.ts';
import type { Report, RunHooks } from '../runs/index.ts';
import { Run } from '../streams/index.ts';
import { policiesIn } from './alerting.ts';
import { type Console, warner } from './console.ts';
import { watchOutput } from './output-watch.ts';
import { Terminal } from './terminal.ts';
import type { Supervision, Watchers } from './watchers.ts';

/** What a run of the command line has in addition to its own options. */
export interface Supervised extends RunHooks {
  readonly run: Run;
  /** Opens an engine and measures it. */
  measured(open: () => Promise<OpenedEngine>): Promise<Engine>;
}

/**
 * Trains with a live page, telemetry, progress, and a closing report.
 * @param directory of the run
 * @param start records or resumes the run
 */
export async function supervise(
  console: Console,
  directory: string,
  options: Supervision,
  start: (supervised: Supervised) => Promise<Report>,
): Promise<void> {
  const warn = warner(console);
  const terminal = new Terminal(console, options);
  let opened: Watchers | undefined;
  // Imported once nothing of the options is refused: server and telemetry take long to load.
  const watchers = async () => {
    opened ??= (await import('./watchers.ts')).watchersOf(console, directory, options, terminal);
    return opened;
  };
  try {
    await start({
      run: new Run({ warn }),
      warn,
      say: (text) => terminal.say(text),
      ...policiesIn(options),
      // The watchers first: they may refuse, and an engine takes long to open.
      measured: async (open) => (await watchers()).measured(await open()),
      extensions: [
        watchOutput(console),
        terminal.extension,
        async (context) => (await watchers()).telemetry(context),
        async (context) => (await watchers()).page?.(context) ?? {},
      ],
    });
  } finally {
    terminal.end();
  }
}
