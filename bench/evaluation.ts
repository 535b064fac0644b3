/**
 * The cost of scores at 10,000 samples of 64 features on one core, by the matrix product of the
 * engine.
 */
import { type Engine, keyOf, normals, openEngine } from '../src/engine/index.ts';
import {
  type EnginePairwise,
  enginePairwise,
  frechetDistance,
  kernelDistance,
  manifoldScores,
  type OnProgress,
} from '../src/evaluation/index.ts';

const [count, width] = [10_000, 64];

interface Measured {
  readonly score: string;
  readonly wall: number;
  readonly cpu: number;
}

/** Shows how far a score is, on a terminal. */
function progress(name: string): OnProgress {
  return (done, total) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${Math.floor((100 * done) / total)} %  `);
  };
}

async function measured(score: string, run: () => unknown): Promise<Measured> {
  const [before, began] = [process.cpuUsage(), performance.now()];
  await run();
  const { user, system } = process.cpuUsage(before);
  if (process.stderr.isTTY) process.stderr.write('\r');
  return { score, wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
}

async function scores(pairwise: EnginePairwise): Promise<Measured[]> {
  const [real, generated] = [normals(keyOf(1), [count, width]), normals(keyOf(2), [count, width])];
  const showing = (name: string) => ({ pairwise, onProgress: progress(name) });
  return [
    await measured('FID', () => frechetDistance(real, generated)),
    await measured('precision, recall, density, coverage', () =>
      manifoldScores(real, generated, showing('precision to coverage')),
    ),
    await measured('KID, 100 subsets of 1,000', () => kernelDistance(real, generated, showing('KID'))),
  ];
}

/** Each score once, on one thread. */
export async function benchEvaluation(engine?: Engine): Promise<{ rows: Measured[]; memory: number }> {
  const pairwise = enginePairwise(engine ?? (await openEngine('auto')).engine);
  const rows = await scores(pairwise);
  pairwise.close();
  return { rows, memory: process.resourceUsage().maxRSS / 1000 };
}

/** The table of docs/benchmarks.md. */
export function evaluationTable({ rows, memory }: Awaited<ReturnType<typeof benchEvaluation>>): string {
  return [
    `${count.toLocaleString('en')} x ${width} features against as many, one thread; budget: below 10 s each.`,
    '',
    '| score | seconds | CPU seconds |',
    '|---|---|---|',
    ...rows.map(({ score, wall, cpu }) => `| ${score} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} |`),
    '',
    `The process held ${memory.toFixed(0)} MB at most; the full matrix of distances would take ${(count ** 2 * 4) / 1e6} MB.`,
  ].join('\n');
}
