/**
 * Training steps on each engine and in PyTorch, in one run. Run it with `npx tsx bench/engine.ts`, or with the numbers of some
 * workloads behind it.
 *
 * Every peer is a process of its own with one thread. They take turns within each round, and what is measured is CPU time, which
 * other load on the machine does not count into. A ratio is the median over the rounds of the ratio within a round.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { workloads } from './engine-workloads.ts';

/** One line of the table. */
export interface EngineRow {
  readonly workload: string;
  readonly program: string;
  readonly peer: string;
  /** Milliseconds of a step: a tenth of the steps were faster than the first, half than the second, nine tenths than the third. */
  readonly milliseconds: readonly [number, number, number];
  /** How many times as long as on onnx. */
  readonly ratio: number;
}

/** A process that answers lines with lines. */
class Peer {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(
    command: string,
    options: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) {
    this.#child = spawn(command, options, {
      cwd: import.meta.dirname,
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#child.on('error', () => {});
    this.#answers = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** The next answer, or undefined when the process is no more. */
  async answer(): Promise<unknown> {
    const { value, done } = await this.#answers.next();
    return done ? undefined : JSON.parse(value as string);
  }

  async steps(workload: string, program: string, count: number): Promise<number[] | undefined> {
    this.#child.stdin!.write(`${workload} ${program} ${count}\n`);
    return ((await this.answer()) as number[] | null | undefined) ?? undefined;
  }

  close(): void {
    this.#child.stdin!.end();
  }
}

/** The kernels of OpenBLAS that fit the processor best; left to itself it does not know the newest. */
function bestKernels(): Record<string, string> {
  let flags = '';
  try {
    flags = readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return {};
  }
  if (/\bavx512_bf16\b/.test(flags)) return { OPENBLAS_CORETYPE: 'Cooperlake' };
  return /\bavx512f\b/.test(flags) ? { OPENBLAS_CORETYPE: 'SkylakeX' } : {};
}

const node = (engine: string) => () =>
  new Peer(process.execPath, ['--import', 'tsx', 'engine-peer.ts', engine]);

const openers: Readonly<Record<string, () => Peer>> = {
  onnx: node('onnx'),
  pytorch: () =>
    new Peer('/usr/bin/python3', ['engine-pytorch.py', '1'], {
      OMP_NUM_THREADS: '1',
      OPENBLAS_NUM_THREADS: '1',
      ...bestKernels(),
    }),
  wasm: node('wasm'),
  'tfjs wasm': node('stock'),
};

async function openPeers(): Promise<Map<string, Peer>> {
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
async function warmUp(peers: ReadonlyMap<string, Peer>, workload: string, program: string) {
  const counts = new Map<string, number>();
  for (const [name, peer] of peers) {
    if ((await peer.steps(workload, program, 1)) === undefined) continue;
    const [seconds] = (await peer.steps(workload, program, 1))!;
    counts.set(name, Math.max(1, Math.min(200, Math.round(0.5 / seconds!))));
  }
  return counts;
}

async function measure(
  peers: ReadonlyMap<string, Peer>,
  workload: string,
  program: string,
  rounds: number,
): Promise<EngineRow[]> {
  const counts = await warmUp(peers, workload, program);
  const all = new Map([...counts.keys()].map((name) => [name, [] as number[]]));
  const ratios = new Map([...counts.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    const medians = new Map<string, number>();
    for (const [name, count] of counts) {
      const seconds = (await peers.get(name)!.steps(workload, program, count))!;
      all.get(name)!.push(...seconds);
      medians.set(name, quantile(seconds, 0.5));
    }
    for (const [name, time] of medians) ratios.get(name)!.push(time / medians.get('onnx')!);
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

/**
 * Measures workloads on all peers that start here.
 * @param options.rounds how often the peers take turns
 * @param options.only numbers of workloads; all of them unless given
 */
export async function benchEngine({
  rounds = 7,
  only = Object.keys(workloads),
}: {
  rounds?: number;
  only?: readonly string[];
} = {}): Promise<EngineRow[]> {
  const peers = await openPeers();
  const rows: EngineRow[] = [];
  for (const workload of only)
    for (const program of Object.keys(workloads[workload]!().programs))
      rows.push(...(await measure(peers, workload, program, rounds)));
  for (const peer of peers.values()) peer.close();
  return rows;
}

/** The rows as a Markdown table. */
export function engineTable(rows: readonly EngineRow[]): string {
  const cells = [
    ['step', 'player', 'peer', 'ms (p10)', 'ms (median)', 'ms (p90)', 'onnx is faster by'],
    ['---', '---', '---', '---:', '---:', '---:', '---:'],
    ...rows.map(({ workload, program, peer, milliseconds, ratio }) => [
      workload,
      program,
      peer,
      ...milliseconds.map((time) => time.toPrecision(3)),
      peer === 'onnx' ? '' : `${ratio.toFixed(2)}x`,
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`).join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const numbers = process.argv.slice(2);
  console.log(engineTable(await benchEngine(numbers.length > 0 ? { only: numbers } : {})));
}
