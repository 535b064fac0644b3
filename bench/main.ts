// All benchmarks, each beside its peer in the same run: npm run bench [--
// streams|1..8|threads|costs|evaluation|tables|agents|page|scrapes|telemetry|sampling|loading|start-up ...] [--docs]
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { agentsTable, benchAgents } from './agents.ts';
import { benchEngine, benchThreads, engineTable } from './engine.ts';
import { benchCosts, costsTable } from './engine-costs.ts';
import { workloads } from './engine-workloads.ts';
import { benchEvaluation, evaluationTable } from './evaluation.ts';
import { benchLivePage, livePageTable } from './live-page.ts';
import { benchLoading, loadingTable } from './loading.ts';
import { benchSampling, samplingTable } from './sampling.ts';
import { benchScrapes, scrapesTable } from './scrapes.ts';
import { benchStartUp, startUpTable } from './start-up.ts';
import { benchStreams, streamsTable } from './streams.ts';
import { benchTables, tablesTable } from './tables.ts';
import { benchTelemetry, telemetryTable } from './telemetry.ts';

interface Benchmark {
  readonly title: string;
  run(): Promise<string>;
}

const engines = Object.entries(workloads).map(([number, open]): [string, Benchmark] => [
  number,
  {
    title: `Steps on each engine, one thread: (${number}) ${open().name}`,
    run: async () => engineTable(await benchEngine({ only: [number] })),
  },
]);

const benchmarks: Readonly<Record<string, Benchmark>> = {
  streams: { title: 'What a stream adds to a step', run: async () => streamsTable(await benchStreams()) },
  ...Object.fromEntries(engines),
  threads: { title: 'One thread and two', run: async () => engineTable(await benchThreads()) },
  evaluation: {
    title: 'Scores of ten thousand samples',
    run: async () => evaluationTable(await benchEvaluation()),
  },
  tables: { title: 'Steps of a tabular agent', run: async () => tablesTable(await benchTables()) },
  agents: { title: 'Steps of deep agents', run: async () => agentsTable(await benchAgents()) },
  page: { title: 'What the live page costs', run: async () => livePageTable(await benchLivePage()) },
  scrapes: { title: 'How long a scrape waits', run: async () => scrapesTable(await benchScrapes()) },
  telemetry: {
    title: 'What telemetry adds to a run',
    run: async () => telemetryTable(await benchTelemetry()),
  },
  sampling: {
    title: 'What serving adds to a sample, and samples to disk',
    run: async () => samplingTable(await benchSampling()),
  },
  loading: {
    title: 'Pictures from an archive to batches',
    run: async () => loadingTable(await benchLoading()),
  },
  'start-up': { title: 'What a start costs', run: async () => startUpTable(benchStartUp()) },
  costs: { title: 'What compiling costs', run: async () => costsTable(await benchCosts()) },
};
const order = [
  'streams',
  ...Object.keys(workloads),
  'threads',
  'costs',
  'evaluation',
  'tables',
  'agents',
  'page',
  'scrapes',
  'telemetry',
  'sampling',
  'loading',
  'start-up',
];

const words = process.argv.slice(2);
const stray = words.find((word) => word !== '--docs' && !order.includes(word));
if (stray !== undefined)
  throw new RangeError(`bench: expected ${order.join(', ')} or --docs, got "${stray}"`);
const wanted = order.filter((name) => words.includes(name));

/**
 * Sections of the page that stand there already, by title: those that were not measured now stay.
 */
function sectionsOf(page: URL): Map<string, string> {
  try {
    const parts = readFileSync(page, 'utf8').split(/^(?=## )/m).slice(1); // biome-ignore format: one line
    return new Map(parts.map((part) => [/^## (.*)/.exec(part)![1]!, part.trimEnd().concat('\n')]));
  } catch {
    return new Map();
  }
}

/**
 * Writes the page with what has been measured so far, each section beside the command that makes
 * it.
 */
function writePage(measured: ReadonlyMap<string, string>): void {
  const page = new URL('../docs/benchmarks.md', import.meta.url);
  const sections = new Map([...sectionsOf(page), ...measured]);
  const inOrder = order.flatMap((name) => sections.get(benchmarks[name]!.title) ?? []);
  const about = `Measured beside other work, each section on the machine that it names, on one day.
The ratios count: they are taken within a run in which the peers alternate step by step. PyTorch
gets the kernels with which it is fastest there. What the figures mean, and what was tried
where a budget is missed, is in [the page of the engine](engine.md#how-fast-it-is).`;
  const command =
    'npm run bench -- --docs     # writes this page; names before --docs measure only these sections';
  const text = `# Benchmarks\n\n    ${command}\n\n${about}\n\n${inOrder.join('\n')}`;
  writeFileSync(page, text);
}

const machine = `${cpus().length} cores, ${cpus()[0]?.model}, Node.js ${process.version}`;
const measured = new Map<string, string>();
for (const name of wanted.length > 0 ? wanted : order) {
  const { title, run } = benchmarks[name]!;
  console.log(`## ${title}\n`);
  const table = await run();
  console.log(`${table}\n`);
  const command = `npm run bench -- ${name}`;
  measured.set(title, `## ${title}\n\n    ${command}\n\nMeasured on ${machine}.\n\n${table}\n`);
  if (words.includes('--docs')) writePage(measured);
}
