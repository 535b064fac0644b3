import { basename } from 'node:path';
import type { OperatorFunction } from 'rxjs';
import { version } from '../base/index.ts';
import { type Assembly, type Stages, unmeasured } from '../recipes/index.ts';
import type { RunConfig, RunControl, RunDirectory, RunObserver } from '../runs/index.ts';
import type { Run } from '../streams/index.ts';
import {
  instrument,
  type MetricRegistry,
  measuredSource,
  openTracing,
  RunMetrics,
  RunTraces,
  Watchdog,
  type Webhook,
} from '../telemetry/index.ts';

/** The run that is watched. */
export interface Watched {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: Assembly;
  readonly run: Run;
  /** What the metrics go to. Its run is called as the directory is. */
  readonly registry: MetricRegistry;
  readonly control: RunControl;
  readonly webhook?: Webhook | undefined;
  /** Whether alerts that only inform stay off the terminal. */
  readonly quiet?: boolean;
  warn(message: string): void;
}

/** What watches a run beside its log: metrics and a watchdog always, traces where `OTEL_*` variables ask for them. */
export interface Watchers {
  readonly observers: readonly RunObserver[];
  readonly stages: Stages;
  /** Counts an observer that has failed. */
  lost(observer: string): void;
  /** Closes the observers, also where no run came to close them. */
  close(): Promise<void>;
}

/** The watchers of a run. */
export function watchersOf(watched: Watched): Watchers {
  const { directory, config, assembly, run, registry } = watched;
  const name = basename(directory.path);
  const { recipe, data, seed, engine, batch, checkpointEvery } = config;
  const metrics = new RunMetrics(registry, {
    id: `${name}-${process.pid}`,
    recipe,
    data,
    seed,
    engine,
    batch,
    checkpointEvery,
    version,
    kind: assembly.kind === 'gan' ? 'gan' : 'rl',
    players: assembly.kind === 'gan' ? assembly.trainer.system.players : [],
    paused: () => run.paused,
    rateFactor: () => assembly.learner.rateFactor,
    ...(assembly.kind === 'agent' && {
      played: () => assembly.played(),
      ...(assembly.onEpisode && { onEpisode: assembly.onEpisode }),
    }),
  });
  const attributes = { 'weir.run.name': name, 'weir.run.recipe': recipe, 'weir.run.data': data };
  const tracing = openTracing({ registry, version, runId: `${name}-${process.pid}`, attributes });
  const traces = tracing === undefined ? [] : [new RunTraces(tracing, registry)];
  // A step of an agent with a table takes less time than the measuring of a few stages.
  const stages = assembly.kind === 'gan' ? measuredStages(registry) : unmeasured;
  const observers = [metrics, ...traces, watchdogOf(watched, registry, name)];
  const failed = (observer: string, count: number) =>
    registry.add('weir_telemetry_errors_total', count, { observer: observer.replace(/^the /, '') });
  // A counter is there before anything has failed, so that its first increase shows.
  for (const observer of ['collect', ...observers.map(({ name }) => name)]) failed(observer, 0);
  const close = async () => {
    for (const observer of observers) await observer.close();
  };
  return { observers, stages, lost: (observer) => failed(observer, 1), close };
}

function measuredStages(registry: MetricRegistry): Stages {
  return Object.assign(
    <In, Out>(stage: string, operator: OperatorFunction<In, Out>) => instrument(stage, operator, registry),
    { source: <Item>(stage: string, items: Iterable<Item>) => measuredSource(stage, items, registry) },
  );
}

function watchdogOf(
  { config, control, webhook, quiet = false, warn }: Watched,
  registry: MetricRegistry,
  run: string,
): Watchdog {
  return new Watchdog({
    registry,
    run,
    control,
    policies: config.onAlert ?? {},
    warn: (message, severity) => {
      if (!(quiet && severity === 'info')) warn(message);
    },
    ...(webhook === undefined ? {} : { webhook }),
  });
}
