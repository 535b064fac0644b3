/**
 * Training steps on each engine and in PyTorch, in one run. Run it with `npx tsx bench/engine.ts`,
 * or with the numbers of some workloads behind it.
 *
 * Every peer is a process of its own. They take steps within each round, and with one thread what
 * is measured is processor time, which other load on the machine does not count into; with two it
 * is the clock. A ratio is the median over the rounds of the ratio within a round.
 */
import { pathToFileURL } from 'node:url';
import { workloads } from './engine-workloads.ts';
import { bestKernels, ours, type Peer, pytorch, type Steps } from './peer.ts';
import { markdown } from './table.ts';

/** One line of the table. */
export interface EngineRow {
  readonly workload: string;
  readonly program: string;
  readonly peer: string;
  /**
   * Milliseconds of a step: a tenth of the steps were faster than the first, half than the second,
   * nine tenths than the third.
   */
  readonly milliseconds: readonly [number, number, number];
  /** How many times as long as on onnx. */
  readonly ratio: number;
}

type Peers = ReadonlyMap<string, Peer>;

/** Peers that start here, the first of them onnx; of the others it is told when they do not. */
async function started(openers: Readonly<Record<string, () => Peer>>): Promise<Peers> {
  const peers = new Map<string, Peer>();
  for (const [name, open] of Object.entries(openers)) {
    const peer = open();
    const description = await peer.answer();
    console.error(`${name}: ${description ?? 'skipped, it does not start here'}`);
    if (description !== undefined) peers.set(name, peer);
  }
  return peers;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Steps that take about half a second together, at least one; peers that take part. */
async function warmUp(peers: Peers, workload: string, program: string) {
  const counts = new Map<string, number>();
  for (const [name, peer] of peers) {
    if ((await peer.steps(workload, program, 1)) === undefined) continue;
    const [seconds] = (await peer.steps(workload, program, 1))!.processor;
    counts.set(name, Math.max(1, Math.min(200, Math.round(0.5 / seconds!))));
  }
  return counts;
}

async function measure(
  peers: Peers,
  workload: string,
  program: string,
  rounds: number,
  by: keyof Steps,
): Promise<EngineRow[]> {
  const counts = await warmUp(peers, workload, program);
  const all = new Map([...counts.keys()].map((name) => [name, [] as number[]]));
  const ratios = new Map([...counts.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    const medians = new Map<string, number>();
    for (const [name, count] of counts) {
      const seconds = (await peers.get(name)!.steps(workload, program, count))![by];
      all.get(name)!.push(...seconds);
      medians.set(name, quantile(seconds, 0.5));
    }
    const [reference] = medians.values();
    for (const [name, time] of medians) ratios.get(name)!.push(time / reference!);
  }
  const { name: title } = workloads[workload]!();
  return [...all].map(([peer, seconds]) => ({
    workload: `(${workload}) ${title}`,
    program,
    peer,
    milliseconds: [0.1, 0.5, 0.9].map((share) => quantile(seconds, share) * 1000) as [number, number, number],
    ratio: quantile(ratios.get(peer)!, 0.5),
  }));
}

async function measureAll(
  peers: Peers,
  only: readonly string[],
  rounds: number,
  by: keyof Steps,
): Promise<EngineRow[]> {
  const rows: EngineRow[] = [];
  for (const workload of only)
    for (const program of Object.keys(workloads[workload]!().programs))
      rows.push(...(await measure(peers, workload, program, rounds, by)));
  for (const peer of peers.values()) peer.close();
  return rows;
}

/** What may be said of a measurement. */
export interface EngineBenchOptions {
  /** How often the peers take steps. @default 5 */
  readonly rounds?: number;
  /** Numbers of workloads. */
  readonly only?: readonly string[];
}

/** Measures workloads on all peers that start here, one thread each, by processor time. */
export async function benchEngine({ rounds = 5, only = Object.keys(workloads) }: EngineBenchOptions = {}) {
  const kernels = await bestKernels();
  const peers = await started({
    onnx: () => ours('onnx'),
    pytorch: () => pytorch(1, 1, kernels),
    wasm: () => ours('wasm'),
    'tfjs wasm': () => ours('stock'),
  });
  return measureAll(peers, only, rounds, 'processor');
}

/**
 * One thread beside two, by the clock, of which a busy machine takes its part. PyTorch may give its
 * second thread to either of its halves.
 */
export async function benchThreads({ rounds = 5, only = ['1', '3'] }: EngineBenchOptions = {}) {
  const kernels = await bestKernels();
  const peers = await started({
    'onnx, 2 threads': () => ours('onnx', 2),
    'onnx, 1 thread': () => ours('onnx'),
    'pytorch, 1 thread': () => pytorch(1, 1, kernels),
    'pytorch, 2 threads in loops': () => pytorch(2, 1, kernels),
    'pytorch, 2 threads in products': () => pytorch(1, 2, kernels),
  });
  return measureAll(peers, only, rounds, 'clock');
}

/** The rows as a Markdown table. */
export function engineTable(rows: readonly EngineRow[]): string {
  const [reference] = rows.map(({ peer }) => peer);
  return markdown(
    ['step', 'player', 'peer', 'ms (p10):', 'ms (median):', 'ms (p90):', `${reference} is faster by:`],
    rows.map(({ workload, program, peer, milliseconds, ratio }) => [
      workload,
      program,
      peer,
      ...milliseconds.map((time) => (time >= 100 ? time.toFixed(0) : time.toPrecision(3))),
      peer === reference ? '' : `${ratio.toFixed(2)}x`,
    ]),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const numbers = process.argv.slice(2);
  console.log(engineTable(await benchEngine(numbers.length > 0 ? { only: numbers } : {})));
}
