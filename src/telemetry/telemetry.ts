import { basename } from 'node:path';
import type { OperatorFunction } from 'rxjs';
import { given, version, type Warn } from '../base/index.ts';
import { Trainer } from '../models/index.ts';
import type { BatchSource, Stages } from '../recipes/index.ts';
import type { OpenExtension, RunContext, RunExtension } from '../runs/index.ts';
import type { Severity } from './alerts/alerts.ts';
import { Watchdog, type WatchdogOptions } from './alerts/watchdog.ts';
import { measureEventLoop } from './metrics/event-loop.ts';
import { instrument } from './metrics/instrument.ts';
import { measuredBuffer } from './metrics/measured-buffer.ts';
import { measuredSource } from './metrics/measured-source.ts';
import type { MetricRegistry } from './metrics/registry.ts';
import { RunMetrics } from './metrics/run-metrics.ts';
import { pushMetrics } from './otlp/push-metrics.ts';
import { runLogRecords } from './otlp/run-log-records.ts';
import { RunTraces } from './traces/run-traces.ts';
import { openTracing } from './traces/tracing.ts';

/** How a run is measured. */
export interface TelemetryOptions {
  /** What the metrics go to: `new MetricRegistry({ run: 'own' })`. */
  readonly registry: MetricRegistry;
  /** Where alerts are posted. */
  readonly webhook?: WatchdogOptions['webhook'];
  /** Told of alerts. @default the `warn` of the run */
  readonly warn?: (message: string, severity: Severity) => void;
}

/**
 * Measures a run: metrics and a watchdog, which acts on alerts as `onAlert` of the run says; traces
 * where `OTEL_*` variables ask for them.
 */
export function telemetry(options: TelemetryOptions): OpenExtension {
  return (context) => open(context, options);
}

function open(context: RunContext, options: TelemetryOptions): RunExtension {
  const { directory, config } = context;
  const { registry } = options;
  const name = basename(directory.path);
  const runId = `${name}-${process.pid}`;
  const attributes = {
    'weir.run.name': name,
    'weir.run.recipe': config.recipe,
    'weir.run.data': config.data,
  };
  const resource = { registry, version, runId, attributes };
  const tracing = openTracing(resource);
  const close = once(() => Promise.all([tracing?.close(), logs?.close(), push?.close()]));
  const traces = tracing && new RunTraces({ ...tracing, close }, registry);
  const logs = runLogRecords({ ...resource, context: () => traces?.context });
  const push = pushMetrics(resource);
  const observers = [
    runMetrics(context, registry, runId),
    ...(traces === undefined ? [] : [traces]),
    ...(logs === undefined ? [] : [{ name: logs.name, onEvent: logs.onEvent.bind(logs), close }]),
    watchdog(context, options, name),
  ];
  const failed = (observer: string, count: number) =>
    registry.add('weir_telemetry_errors_total', count, { observer: observer.replace(/^the /, '') });
  // A counter is there before anything has failed, so that its first increase shows.
  for (const observer of ['collect', ...observers.map(({ name }) => name)]) failed(observer, 0);
  const failures = { name: 'the failures', onLost: (observer: string) => failed(observer, 1) };
  return {
    observers: [
      ...observers,
      failures,
      ...(push === undefined ? [] : [{ name: 'the push of metrics', close }]),
    ],
    // A step of an agent with a table takes less time than the measuring of a few stages.
    ...(isGan(context) && { stages: measuredStages(registry) }),
    raisesAlerts: true,
    close: measureEventLoop(registry),
  };
}

/**
 * Closes all signals together, the first time that it is called: a collector that hangs is waited
 * for once.
 */
function once(close: () => Promise<unknown>): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= close().then(() => {});
    return closed;
  };
}

const isGan = ({ assembly: { learner } }: RunContext) => learner instanceof Trainer;

function runMetrics(context: RunContext, registry: MetricRegistry, id: string): RunMetrics {
  const { config, run } = context;
  const { recipe, data, seed, engine, batch, checkpointEvery } = config;
  const { learner } = context.assembly;
  return new RunMetrics(registry, {
    id,
    recipe,
    data,
    seed,
    engine,
    ...given({ batch }),
    checkpointEvery,
    version,
    kind: isGan(context) ? 'gan' : learner.played === undefined ? 'other' : 'rl',
    players: learner instanceof Trainer ? learner.system.players : [],
    paused: () => run.paused,
    rateFactor: () => learner.rateFactor,
    ...(learner.played && { played: () => learner.played!() }),
    ...(learner.onEpisode && { onEpisode: (heard) => learner.onEpisode!(heard) }),
  });
}

function measuredStages(registry: MetricRegistry): Stages {
  return Object.assign(
    <In, Out>(stage: string, operator: OperatorFunction<In, Out>) => instrument(stage, operator, registry),
    {
      source: <Item>(stage: string, items: BatchSource<Item>) => measuredSource(stage, items, registry),
      buffer: (stage: string) => measuredBuffer(stage, registry),
    },
  );
}

function watchdog(
  { config, control, events, warn: warnOfRun }: RunContext,
  { registry, webhook, warn = warnOfRun as Warn }: TelemetryOptions,
  run: string,
): Watchdog {
  return new Watchdog({
    registry,
    run,
    control,
    policies: config.onAlert ?? {},
    tell: (event) => events.event(event),
    warn,
    ...given({ webhook }),
  });
}
