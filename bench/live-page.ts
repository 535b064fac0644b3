/** What the live page costs the run that serves it: the 3 x 64 WGAN-GP on points. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../src/engine/index.ts';
import { findRecipe, resolveSettings } from '../src/recipes/index.ts';
import { assemble, execute, openData, RunDirectory, runContext } from '../src/runs/index.ts';
import { type LiveRun, type Served, serve } from '../src/server/index.ts';

import { MetricRegistry, RunMetrics } from '../src/telemetry/index.ts';

const steps = 6000;
const warmUp = 500;
const rounds = 5;
const variants = ['no page', 'a server', 'a page and scrapes'] as const;
type Variant = (typeof variants)[number];

/** A visitor in another process: hears all events, and scrapes as often as Prometheus does. */
const visitor = `
const [url] = process.argv.slice(1);
const events = new AbortController();
fetch(url + 'events', { signal: events.signal }).then(async ({ body }) => { for await (const _ of body); }, () => {});
for (;;) {
  try { await (await fetch(url + 'metrics')).text(); } catch { break; }
  await new Promise((resolve) => setTimeout(resolve, 5000));
}
process.exit(0);`;

function visit(served: Served): () => void {
  const child = spawn(process.execPath, ['--input-type=module', '-e', visitor, served.url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return () => child.kill();
}

/** CPU seconds a step of the training process, without the first steps. */
async function trained(variant: Variant, root: string, seed: number): Promise<number> {
  const recipe = findRecipe('wgan-gp');
  const { data, dataset } = await openData(recipe, undefined, { seed });
  const settings = resolveSettings(recipe, dataset!, { steps, checkpointEvery: steps, seed });
  const { engine } = await openEngine('onnx');
  const config = { weir: 'bench', recipe: recipe.name, data, engine: engine.name, ...settings };
  const directory = new RunDirectory(join(root, `${variant.replaceAll(' ', '-')}-${seed}`));
  directory.create(config);
  const registry = new MetricRegistry();
  const metrics = (accept: string) => registry.scrape(accept);
  const served =
    variant === 'no page'
      ? undefined
      : await serve({ directory: directory.path, live: {}, metrics, port: 0, warn: console.warn });
  const leave = served !== undefined && variant !== 'a server' ? visit(served) : () => {};
  let before = process.cpuUsage();
  const stopwatch = {
    name: 'the stopwatch',
    onStep({ index }: { readonly index: number }) {
      if (index === warmUp) before = process.cpuUsage();
    },
  };
  const watching = served === undefined ? [] : [new RunMetrics(registry), served.live!];
  const assembly = assemble(config, dataset, engine);
  let cpu = 0;
  const finish = {
    name: 'the finish',
    onStep({ index }: { readonly index: number }) {
      if (index !== steps - 1) return;
      const { user, system } = process.cpuUsage(before);
      cpu = (user + system) / 1e6 / (steps - warmUp - 1);
    },
  };
  const context = runContext({ directory, config, assembly, warn: console.warn });
  await execute(context, { observers: [stopwatch, ...watching, finish] });
  leave();
  await served?.close();
  return cpu;
}

/**
 * Nanoseconds that an event costs the run, the least of some tries: it is counted, and kept where a
 * page could still draw it.
 */
async function eventCost(): Promise<number> {
  const served = await serve({
    directory: join(tmpdir(), 'weir-bench-none', 'run'),
    live: {},
    port: 0,
    warn: console.warn,
  });
  const live = served.live as LiveRun;
  const events = Array.from({ length: 1000 }, (_, index) => ({
    index,
    player: 'critic',
    seconds: 0.001,
    values: { loss: 1 },
  }));
  const tries = Array.from({ length: 10 }, () => {
    const began = performance.now();
    for (let i = 0; i < 1e6; i++) live.onStep(events[i % 1000]!);
    return performance.now() - began;
  });
  await served.close();
  return Math.min(...tries);
}

/** Some runs of each variant, one after another in steps. */
export async function benchLivePage(): Promise<Record<Variant, number[]> & { readonly event: number }> {
  const event = await eventCost();
  const root = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  const results: Record<Variant, number[]> = { 'no page': [], 'a server': [], 'a page and scrapes': [] };
  try {
    await trained('no page', root, 0);
    for (let seed = 1; seed <= rounds; seed++)
      for (const variant of variants) results[variant].push(await trained(variant, root, seed));
  } finally {
    rmSync(root, { recursive: true });
  }
  return { ...results, event };
}

/** The table of docs/benchmarks.md. */
export function livePageTable(results: Awaited<ReturnType<typeof benchLivePage>>): string {
  // The least: whatever else the machine does can only add to it.
  const cpu = (variant: Variant) => Math.min(...results[variant]);
  const bare = cpu('no page');
  const rows = variants.map((variant) => {
    const more = variant === 'no page' ? '' : `${(100 * (cpu(variant) / bare - 1)).toFixed(1)} %`;
    return `| ${variant} | ${(1000 * cpu(variant)).toFixed(3)} | ${more} |`;
  });
  return [
    `${steps.toLocaleString('en')} steps; CPU time of the training process, the lowest of ${rounds} runs. Budget: below 2 %.`,
    '',
    '| who watches | CPU ms a step | more |',
    '|---|---|---|',
    ...rows,
    '',
    `An event costs ${results.event.toFixed(1)} ns beside the page's own 250 ms batches.`,
  ].join('\n');
}
