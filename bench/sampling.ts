/**
 * What `loadRun(dir).sample()` and `act()` add to the run of the session, and ten thousand samples
 * to disk. Run it with `npx tsx bench/sampling.ts`.
 *
 * Times are CPU time of the process, which other load on the machine does not count into, of the
 * thread that calls and of those that compute. Library and bare session alternate within a round;
 * the median of the rounds counts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadRun, record, saveSamples } from '../src/runs/index.ts';
import { Run } from '../src/streams/index.ts';
import { markdown } from './table.ts';

/** What one call costs, in milliseconds. */
export interface CallRow {
  readonly call: string;
  readonly bare: number;
  readonly library: number;
}

/** What it costs to write many samples. */
export interface FilesRow {
  readonly files: string;
  readonly perSecond: number;
  /** The highest resident memory of the process after the first thousand, and at the end: bytes. */
  readonly memory: readonly [number, number];
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Milliseconds of CPU time for each call of several functions that take turns. */
async function compared(calls: readonly (() => unknown)[], times: number, rounds: number) {
  const samples = calls.map(() => [] as number[]);
  for (let round = -1; round < rounds; round++)
    for (const [i, call] of calls.entries()) {
      const began = cpuSeconds();
      for (let n = 0; n < times; n++) await call();
      if (round >= 0) samples[i]!.push((1000 * (cpuSeconds() - began)) / times);
    }
  return samples.map(median);
}

/** Records a run of a few steps: how well it is trained costs nothing. */
async function recorded(dir: string, recipe: string, data?: string): Promise<string> {
  const options = { recipe, steps: 2, ...(data !== undefined && { data }) };
  await record(new Run(), { dir, ...options });
  return dir;
}

async function ganCall(path: string, call: string, times: number, rounds: number): Promise<CallRow> {
  const run = await loadRun(path, { kind: 'gan' });
  const inputs = run.sampler.inputs();
  const calls = [() => run.trainer.sampleFrom(inputs), () => run.sample({ seed: 0 })];
  const [bare, library] = await compared(calls, times, rounds);
  run.close();
  return { call, bare: bare!, library: library! };
}

async function agentCall(path: string, call: string, times: number, rounds: number): Promise<CallRow> {
  const { act, arena, close } = await loadRun(path, { kind: 'agent' });
  const observation = Float32Array.of(0.01, -0.02, 0.03, 0.04);
  const calls = [() => arena.actor.greedy(observation), () => act(observation)];
  const [bare, library] = await compared(calls, 20 * times, rounds);
  close();
  return { call, bare: bare!, library: library! };
}

async function toDisk(path: string, folder: string, count: number): Promise<FilesRow> {
  const run = await loadRun(path, { kind: 'gan' });
  const write = (name: string, samples: number) =>
    saveSamples(run, join(folder, name), { format: 'png', count: samples });
  await write('first', 1_000);
  const first = process.resourceUsage().maxRSS * 1024;
  const began = cpuSeconds();
  await write('all', count);
  const perSecond = count / (cpuSeconds() - began);
  const last = process.resourceUsage().maxRSS * 1024;
  run.close();
  const [height, width] = run.dataset.shape;
  const files = `${count.toLocaleString('en')} PNG files of ${height}x${width} (${run.config.recipe})`;
  return { files, perSecond, memory: [first, last] };
}

/** @param options.count of samples to disk */
export async function benchSampling({ times = 300, rounds = 9, count = 10_000 } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  try {
    const points = await recorded(join(root, 'points'), 'wgan-gp');
    const images = await recorded(join(root, 'images'), 'dcgan', 'shapes:32');
    const agent = await recorded(join(root, 'agent'), 'cart-pole-ppo');
    const files = await toDisk(images, root, count);
    const calls = [
      await ganCall(points, 'one point (wgan-gp)', times, rounds),
      await ganCall(images, 'one image of 32x32 (dcgan)', times, rounds),
      await agentCall(agent, 'one action (cart-pole-ppo)', times, rounds),
    ];
    return { calls, files };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The rows as Markdown tables. */
export function samplingTable({ calls, files }: Awaited<ReturnType<typeof benchSampling>>): string {
  const ms = (value: number) => value.toFixed(3);
  const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
  const rows = calls.map(({ call, bare, library }) => [call, ms(bare), ms(library), ms(library - bare)]);
  const titles = ['one call, ms of CPU time', 'session alone:', 'library:', 'overhead:'];
  return [
    markdown(titles, rows),
    markdown(
      ['to disk', 'a second of CPU time:', 'most memory after 1,000:', 'at the end:'],
      [[files.files, Math.round(files.perSecond).toLocaleString('en'), ...files.memory.map(mib)]],
    ),
  ].join('\n\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(samplingTable(await benchSampling()));
