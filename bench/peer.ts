import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

type Environment = Readonly<Record<string, string>>;

/** Seconds that each step took: of the processor, and on the clock. */
export interface Steps {
  readonly processor: readonly number[];
  readonly clock: readonly number[];
}

/** A process that takes training steps and times them: it answers lines with lines. */
export class Peer {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(command: string, options: readonly string[], environment: Environment = {}) {
    this.#child = spawn(command, options, {
      cwd: import.meta.dirname,
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#child.on('error', () => {});
    this.#child.stdin!.on('error', () => {});
    this.#answers = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** The next answer, or undefined when the process is no more. */
  async answer(): Promise<unknown> {
    const { value, done } = await this.#answers.next();
    return done ? undefined : JSON.parse(value as string);
  }

  /** Undefined where the peer cannot take such a step. */
  async steps(workload: string, program: string, count: number): Promise<Steps | undefined> {
    this.#child.stdin!.write(`${workload} ${program} ${count}\n`);
    return ((await this.answer()) as Steps | null | undefined) ?? undefined;
  }

  close(): void {
    this.#child.stdin!.end();
  }
}

/** One of our own: `onnx`, `wasm` or `stock`. */
export function ours(engine: string, threads = 1): Peer {
  return new Peer(process.execPath, ['--import', 'tsx', 'engine-peer.ts', engine, String(threads)]);
}

/**
 * PyTorch with so many threads for its own loops and for products of matrices: more than one for
 * both spin against each other.
 */
export function pytorch(loops = 1, products = 1, kernels: Environment = {}): Peer {
  return new Peer('/usr/bin/python3', ['engine-pytorch.py', String(loops)], {
    OMP_NUM_THREADS: String(loops),
    OPENBLAS_NUM_THREADS: String(products),
    OMP_WAIT_POLICY: 'passive',
    ...kernels,
  });
}

/**
 * Settings of OpenBLAS and of PyTorch's own loops that may fit the processor; left to themselves
 * they misjudge the newest.
 */
function candidates(): Environment[] {
  let flags = '';
  try {
    flags = readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return [{}];
  }
  if (!/\bavx512f\b/.test(flags)) return [{}];
  return ['SkylakeX', 'Cooperlake'].flatMap((kind) => [
    { OPENBLAS_CORETYPE: kind },
    { OPENBLAS_CORETYPE: kind, ATEN_CPU_CAPABILITY: 'avx512' },
  ]);
}

let found: Promise<Environment> | undefined;

/**
 * The settings with which PyTorch is fastest here, found by trying each on a step that multiplies
 * and one that convolves.
 */
export function bestKernels(): Promise<Environment> {
  found ??= findBest();
  return found;
}

async function findBest(): Promise<Environment> {
  let best: { kernels: Environment; seconds: number } | undefined;
  for (const kernels of candidates()) {
    const peer = pytorch(1, 1, kernels);
    if ((await peer.answer()) === undefined) return {};
    let seconds = 0;
    for (const [workload, count] of [
      ['1', 8],
      ['3', 3],
    ] as const) {
      // biome-ignore format: a table
      await peer.steps(workload, 'critic', 1);
      seconds += Math.min(...(await peer.steps(workload, 'critic', count))!.processor) * (count - 2);
    }
    peer.close();
    if (best === undefined || seconds < best.seconds) best = { kernels, seconds };
  }
  console.error(`pytorch is fastest with ${JSON.stringify(best?.kernels ?? {})}`);
  return best?.kernels ?? {};
}
