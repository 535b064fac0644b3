// What telemetry costs: the same run with and without it, step about, a few hundred steps at a
// time.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OperatorFunction, take } from 'rxjs';
import { openEngine } from '../src/engine/index.ts';
import { type Assembly, findRecipe, resolveSettings, unmeasured } from '../src/recipes/index.ts';
import { assemble, openData, RunObservers } from '../src/runs/index.ts';
import { serve } from '../src/server/index.ts';
import { Run, type StepEvent, tapSafely } from '../src/streams/index.ts';
import {
  instrument,
  MetricRegistry,
  measuredSource,
  openTracing,
  RunMetrics,
  RunTraces,
  Watchdog,
} from '../src/telemetry/index.ts';
import { markdown } from './table.ts';

/** What became of the rate of one run under one kind of collector. */
export interface TelemetryRow {
  readonly run: string;
  readonly collector: string;
  /** CPU time of one step without telemetry, in microseconds. */
  readonly bare: number;
  /** What telemetry adds, as a share of that. */
  readonly overhead: number;
  /** The same as the quartiles of the pairs have it. */
  readonly spread: readonly [number, number];
  readonly spans: string;
  /** Growth of the heap from the first third to the last, in MB. */
  readonly growth: number;
}

interface Workload {
  readonly recipe: string;
  readonly steps: number;
  readonly batch?: number;
  readonly set?: ReadonlyMap<string, unknown>;
}

/** The fastest GAN, three hidden layers of 64, and tabular Q-learning. */
const workloads: Readonly<Record<string, Workload>> = {
  'WGAN-GP 3x64, batch 256': { recipe: 'wgan-gp', steps: 100, batch: 256 },
  'Q-learning in the mountain car': {
    recipe: 'mountain-car-q',
    steps: 500_000,
    set: new Map([['episodes', 0]]),
  },
  'Q-learning on the ice': { recipe: 'frozen-lake-q', steps: 500_000 },
};

/**
 * Pairs of bare and watched steps that are not counted: until then much of the code has not been
 * compiled.
 */
const warmUp = 20;

type Mode = 'take' | 'refuse' | 'hang' | 'down';

const modes: Readonly<Record<Mode, string>> = {
  take: 'takes spans',
  down: 'is down',
  hang: 'never answers',
  refuse: 'answers 500',
};

/** A collector in a process of its own, so that its work is not counted. */
async function collector(mode: Mode): Promise<{ url: string; close(): void }> {
  if (mode === 'down') return { url: 'http://127.0.0.1:9', close() {} };
  const script = new URL('collector.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(child.stdout!, 'data');
  return { url: `http://127.0.0.1:${String(port).trim()}`, close: () => void child.kill() };
}

async function assembled({ recipe: name, batch, set = new Map() }: Workload): Promise<Assembly> {
  const recipe = findRecipe(name);
  const { data, dataset } = await openData(recipe, undefined, { seed: 1 });
  const { engine } = await openEngine('onnx');
  const steps = Number.MAX_SAFE_INTEGER;
  const settings = resolveSettings(recipe, dataset, {
    steps,
    seed: 1,
    set,
    ...(batch === undefined ? {} : { batch }),
  });
  const config = { weir: '', recipe: name, data, engine: engine.name, ...settings };
  return assemble(config, dataset, engine);
}

/** CPU microseconds of the process, threads of the engine included. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** An open page and a Prometheus, in a process of their own likewise. */
const visitor = `
  const url = process.argv[1];
  setInterval(async () => (await fetch(url + 'metrics')).text(), 5000);
  const { body } = await fetch(url + 'events');
  for await (const _ of body);
`;

/** Everything that watches a run of the command line, an open page included, as one observer. */
async function watched(url: string, folder: string, kind: 'gan' | 'rl') {
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = url;
  const registry = new MetricRegistry({ run: 'bench' });
  const warn = () => {};
  const page = await serve({
    directory: folder,
    live: {},
    port: 0,
    warn,
    metrics: (a) => registry.scrape(a),
  });
  const watchdog = new Watchdog({ registry, warn });
  const traces = new RunTraces(openTracing({ registry })!, registry);
  const audience = new RunObservers(warn);
  audience.add(new RunMetrics(registry, { kind }), traces, watchdog, page.live!);
  audience.event({ kind: 'started', index: 0, steps: 1e9 });
  const reader = spawn(process.execPath, ['--input-type=module', '--eval', visitor, page.url]);
  return {
    registry,
    audience,
    async close() {
      reader.kill();
      await audience.close();
      await page.close();
    },
  };
}

/** One run under one kind of collector, in `rounds` pairs of bare and watched steps. */
async function measure(run: string, workload: Workload, mode: Mode, rounds: number): Promise<TelemetryRow> {
  const parent = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  // In a folder of its own: the server looks for runs beside it.
  const folder = join(parent, 'run');
  mkdirSync(folder);
  const { url, close } = await collector(mode);
  const assembly = await assembled(workload);
  const { registry, audience, ...watchers } = await watched(
    url,
    folder,
    assembly.kind === 'gan' ? 'gan' : 'rl',
  );
  const stages = assembly.kind === 'gan' ? instrumented(registry) : unmeasured;
  const steps = async (on: boolean) => {
    const before = cpu();
    const handle = new Run();
    const bare$ = assembly.events(handle, on ? stages : unmeasured).pipe(take(workload.steps));
    const side = tapSafely<StepEvent>(
      (error) => {
        throw error;
      },
      (event) => audience.step(event),
    );
    await handle.done(on ? bare$.pipe(side) : bare$);
    return (cpu() - before) / workload.steps;
  };
  for (let i = 0; i < warmUp; i++) for (const on of [false, true]) await steps(on);
  const [bare, ratios, heap]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [false, true] : [true, false];
    const times = new Map<boolean, number>();
    for (const on of order) times.set(on, await steps(on));
    bare.push(times.get(false)!);
    ratios.push(times.get(true)! / times.get(false)! - 1);
    heap.push(process.memoryUsage().heapUsed / 1e6);
  }
  await registry.collect();
  const spans = (await registry.read('weir_spans_total')).map(
    ({ labels, value }) => `${value} ${labels.result}`,
  );
  await watchers.close();
  assembly.learner.close();
  close();
  rmSync(parent, { recursive: true });
  const third = Math.ceil(rounds / 3);
  return {
    run,
    collector: modes[mode],
    bare: at(bare, 0.5),
    overhead: at(ratios, 0.5),
    spread: [at(ratios, 0.25), at(ratios, 0.75)],
    spans: spans.join(', '),
    growth: Math.min(...heap.slice(-third)) - Math.min(...heap.slice(0, third)),
  };
}

function instrumented(registry: MetricRegistry): typeof unmeasured {
  return Object.assign(
    <In, Out>(name: string, operator: OperatorFunction<In, Out>) => instrument(name, operator, registry),
    { source: <Item>(name: string, items: Iterable<Item>) => measuredSource(name, items, registry) },
  );
}

/**
 * Measures every run under every kind of collector.
 * @param options.rounds pairs of bare and watched steps
 * @param options.runs names of runs
 * @param options.only kinds of collectors
 */
export async function benchTelemetry({
  rounds = 60,
  runs = Object.keys(workloads) as readonly string[],
  only = Object.keys(modes) as readonly Mode[],
} = {}): Promise<TelemetryRow[]> {
  const rows: TelemetryRow[] = [];
  for (const run of runs)
    for (const mode of only) rows.push(await measure(run, workloads[run]!, mode, rounds));
  return rows;
}

const about = `Metrics, traces, a watchdog, an open page and a scrape every five seconds, against the bare stream:
the same run with and without them, alternating step by step, in pairs of some hundred milliseconds.
CPU time of the training process; page, Prometheus and collector are other processes. Medians of the
ratios of the pairs, with their quartiles. Budgets: below 2 % for WGAN-GP, below 5 % for tabular
Q-learning, and at most 1 % more where a collector is down, slow or failing. Results over more pairs
are in [the page of telemetry](telemetry.md).`;

/** The rows as a Markdown table. */
export function telemetryTable(rows: readonly TelemetryRow[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  const table = markdown(
    ['run', 'collector', 'bare, CPU us a step:', 'telemetry adds:', 'quartiles', 'spans', 'heap growth MB:'],
    rows.map(({ run, collector, bare, overhead, spread, spans, growth }) => [
      run,
      collector,
      bare.toFixed(2),
      percent(overhead),
      spread.map(percent).join(' to '),
      spans,
      growth.toFixed(1),
    ]),
  );
  return `${about}\n\n${table}`;
}
