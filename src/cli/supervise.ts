import { basename } from 'node:path';
import { stopOnSignals, withCleanup } from '../base/index.ts';
import type { Dataset } from '../data/index.ts';
import type { Engine } from '../engine/index.ts';
import type { Evaluator } from '../evaluation/index.ts';
import type { Assembly } from '../recipes/index.ts';
import {
  agentEvaluationBarrier,
  assemble,
  type Execution,
  execute,
  openEvaluator,
  type Report,
  type RunConfig,
  RunControl,
  type RunDirectory,
  type RunEvent,
  RunEventLog,
  type RunObserver,
  runEvaluations,
} from '../runs/index.ts';
import { type Served, serve } from '../server/index.ts';
import { Run } from '../streams/index.ts';
import { MetricRegistry, measuredEngine, measureEventLoop, Webhook } from '../telemetry/index.ts';
import { type Alerting, mayRollBack } from './alerting.ts';
import { type Console, printJson, wantsColour } from './console.ts';
import { Opened } from './opened.ts';
import { OutputWatch } from './output-watch.ts';
import { duration, Progress } from './progress.ts';
import { addressOf, controlOf, type Serving } from './serving.ts';
import { type Watched, type Watchers, watchersOf } from './watchers.ts';

/** A run to execute, and how to report it. */
export interface Supervised {
  readonly console: Console;
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  /** None for an agent. */
  readonly dataset: Dataset | undefined;
  readonly engine: Engine;
  /** Why this engine, in a few words. */
  readonly reason: string;
  /** Prepares directory and trainer, once the directory is locked. */
  begin(
    assembly: Assembly,
    warn: (message: string) => void,
    say: (text: string) => void,
  ): void | Promise<void>;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly serving: Serving;
  readonly alerting: Alerting;
}

/**
 * Executes a run with its live page, progress, signals and a closing report. All that can refuse is asked before the directory is
 * touched, what watches the run is made after that, and whatever was opened is closed on every path.
 */
export async function supervise(supervised: Supervised): Promise<void> {
  const opened = new Opened();
  await withCleanup(
    () => supervisedWith(opened, supervised),
    () => opened.close(),
  );
}

async function supervisedWith(opened: Opened, supervised: Supervised): Promise<void> {
  const { console, directory, config, dataset, alerting, quiet = false } = supervised;
  const registry = new MetricRegistry({ run: basename(directory.path) });
  const assembly = assemble(config, dataset, measuredEngine(supervised.engine, registry));
  const warn = (message: string) => console.stderr.write(`weir: ${message}\n`);
  const say = (text: string) => quiet || console.stderr.write(`${text}\n`);
  const run = new Run({ warn });
  const control = new RunControl(run, assembly.learner, { mayRollBack: mayRollBack(config) });
  const { alertWebhook } = alerting;
  const webhook = alertWebhook === undefined ? undefined : new Webhook(alertWebhook, registry);
  const output = new OutputWatch(console);
  opened.add(() => output.end());
  const evaluator = await evaluatorOf(supervised);
  opened.add(() => evaluator?.close());
  opened.add(stopOnSignals(run, say));
  const page = await openPage(supervised, { assembly, run, control, registry, warn });
  opened.add(() => page?.close());
  const unlock = directory.lock();
  opened.add(unlock);
  opened.add(atExit(unlock));
  await supervised.begin(assembly, warn, say);
  page?.readAhead();
  opened.add(measureEventLoop(registry));
  const watched = { ...supervised, assembly, run, registry, control, webhook, quiet, warn };
  const watchers = watchersOf(watched);
  opened.add(() => watchers.close());
  opened.add(() => keep(output.end(), directory));
  await executed(supervised, { assembly, run, control, watchers, page, evaluator, output, warn, say });
}

/** Calls `task` where the process exits at once, as at a second signal. @returns what forgets it */
function atExit(task: () => void): () => void {
  process.once('exit', task);
  return () => process.off('exit', task);
}

/** Appends the events that came after the run had ended, such as a report that could not be printed. */
function keep(events: readonly RunEvent[], directory: RunDirectory): void {
  if (!directory.held || events.length === 0) return;
  const log = new RunEventLog(directory.events);
  for (const event of events) log.onEvent(event);
  log.close();
}

async function openPage(
  { directory, serving }: Supervised,
  {
    assembly,
    run,
    control,
    registry,
    warn,
  }: Pick<Watched, 'assembly' | 'run' | 'control' | 'registry' | 'warn'>,
): Promise<Served | undefined> {
  if (serving.serve === false) return undefined;
  const busy = (stage: string) => registry.buckets('weir_stream_busy_duration_seconds', { stage }).sum;
  const live = {
    paused: () => run.paused,
    sides: ['log', 'progress', 'metrics', 'page'],
    // What is not measured has no place among the metrics.
    ...(assembly.kind === 'gan' ? { busy } : {}),
  };
  const metrics = (accept: string) => registry.scrape(accept);
  const controlOptions = controlOf(serving, control);
  const page = await serve({
    directory: directory.path,
    live,
    metrics,
    ...addressOf(serving),
    ...controlOptions,
    warn,
  });
  registry.onScrape(() => registry.set('weir_live_clients', page.clients));
  return page;
}

/** What `executed` needs beside the options. */
interface RunParts {
  readonly assembly: Assembly;
  readonly run: Run;
  readonly control: RunControl;
  readonly watchers: Watchers;
  readonly page: Served | undefined;
  readonly evaluator: Evaluator | undefined;
  readonly output: OutputWatch;
  warn(message: string): void;
  say(text: string): void;
}

async function executed(supervised: Supervised, parts: RunParts): Promise<void> {
  const { assembly, run, control, watchers, page, output, warn, say } = parts;
  const { console, directory, config, engine, reason, quiet = false, json = false } = supervised;
  say(`weir: ${config.recipe} on ${config.data}, engine ${engine.name} (${reason}), in ${directory.path}`);
  if (page !== undefined) say(`weir: live page on ${page.url}`);
  const colour = wantsColour(console, console.stderr);
  const progress = new Progress(console.stderr, { ...config, colour });
  try {
    const shown: RunObserver = {
      name: 'progress',
      onStep: (event) => progress.next(event),
      onBatched: (_steps, _seconds, last) => progress.next(last),
    };
    const live = page?.live === undefined ? [] : [page.live];
    const observers = [output, ...(quiet ? [] : [shown]), ...watchers.observers, ...live];
    const evaluations = await evaluationsOf(supervised, parts);
    const report = await execute({
      directory,
      config,
      assembly,
      run,
      control,
      warn,
      observers,
      stages: watchers.stages,
      lost: watchers.lost,
      ...evaluations,
    });
    progress.end();
    if (json) printJson(console, report);
    else if (!quiet) console.stdout.write(summary(report, directory));
    await console.stdout.settled?.();
  } finally {
    progress.end();
  }
}

/** How the run is evaluated while it goes on, as its config says. */
async function evaluationsOf(
  { directory, config }: Supervised,
  { assembly, run, evaluator, warn }: RunParts,
): Promise<Pick<Execution, 'barriers' | 'observerFactories'>> {
  if (config.evaluation === undefined) return {};
  if (assembly.kind === 'agent')
    return { barriers: [await agentEvaluationBarrier({ directory, config, assembly, run })] };
  return runEvaluations({ directory, config, assembly, run, evaluator: evaluator!, warn });
}

/** What the run is evaluated with, opened before the directory is touched, since it may not fit the data. */
async function evaluatorOf({ config, dataset, engine }: Supervised): Promise<Evaluator | undefined> {
  if (config.evaluation === undefined || dataset === undefined) return undefined;
  return openEvaluator(config.evaluation, dataset, engine);
}

function summary(report: Report, directory: RunDirectory): string {
  const { ended, steps, startedAt, seconds, totalSeconds, stepsPerSecond, verdict, picture, unwritten } =
    report;
  const inAll = startedAt > 0 ? `; ${duration(totalSeconds)} in all` : '';
  return [
    `${ended} after ${steps} steps (${steps - startedAt} in ${duration(seconds)}, ${stepsPerSecond.toFixed(1)} a second${inAll})`,
    ...Object.entries(unwritten ?? {}).map(
      ([file, lines]) => `${file} lacks ${lines} lines that could not be written`,
    ),
    ...(picture === undefined ? [] : [`picture: ${picture}`]),
    ...(ended === 'stopped' ? [`go on with: weir resume ${directory.path}`] : []),
    ...(verdict === undefined ? [] : [verdict]),
    '',
  ].join('\n');
}
