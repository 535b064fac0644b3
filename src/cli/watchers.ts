import { basename } from 'node:path';
import {
  type Assembly,
  type RunConfig,
  type RunDirectory,
  type Stages,
  unmeasured,
} from '../recipes/index.ts';
import type { Run } from '../streams/index.ts';
import {
  instrument,
  MetricRegistry,
  type Observer,
  openTracing,
  RunMetrics,
  RunTraces,
} from '../telemetry/index.ts';
import { version } from './version.ts';

/** The run that is watched. */
export interface Watched {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: Assembly;
  readonly run: Run;
}

/** What watches a run beside its log: metrics always, traces where `OTEL_*` variables ask for them. */
export interface Watchers {
  readonly registry: MetricRegistry;
  readonly observers: readonly Observer[];
  readonly stages: Stages;
}

/** The watchers of a run, which is called as its directory is. */
export function watchersOf({ directory, config, assembly, run }: Watched): Watchers {
  const name = basename(directory.path);
  const registry = new MetricRegistry({ run: name });
  const { recipe, data, seed, engine, batch, checkpointEvery } = config;
  const metrics = new RunMetrics(registry, {
    ...{ id: `${name}-${process.pid}`, recipe, data, seed, engine, batch, checkpointEvery, version },
    kind: assembly.kind === 'gan' ? 'gan' : 'rl',
    players: assembly.kind === 'gan' ? assembly.trainer.system.players : [],
    paused: () => run.paused,
    rateFactor: () => assembly.learner.rateFactor,
  });
  const attributes = { 'weir.run.name': name, 'weir.run.recipe': recipe, 'weir.run.data': data };
  const tracing = openTracing({ registry, version, runId: `${name}-${process.pid}`, attributes });
  const traces = tracing === undefined ? [] : [new RunTraces(tracing, registry)];
  // A step of an agent with a table takes less time than the measuring of a few stages.
  const stages: Stages =
    assembly.kind === 'gan' ? (stage, operator) => instrument(stage, operator, registry) : unmeasured;
  return { registry, observers: [metrics, ...traces], stages };
}
