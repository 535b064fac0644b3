// All benchmarks, each beside its peer in the same run: npm run bench [-- streams|engine|evaluation] [--docs]
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchEngine, engineTable } from './engine.ts';
import { benchEvaluation, evaluationTable } from './evaluation.ts';
import { benchStreams, streamsTable } from './streams.ts';

const benchmarks = {
  streams: { title: 'What a stream adds to a step', run: async () => streamsTable(await benchStreams()) },
  engine: { title: 'Steps of training on each engine', run: async () => engineTable(await benchEngine()) },
  evaluation: {
    title: 'Scores of ten thousand samples',
    run: async () => evaluationTable(await benchEvaluation()),
  },
} as const;

const words = process.argv.slice(2);
const wanted = words.filter((word): word is keyof typeof benchmarks => word in benchmarks);
const stray = words.find((word) => word !== '--docs' && !(word in benchmarks));
if (stray !== undefined)
  throw new RangeError(`bench: expected streams, engine, evaluation or --docs, got "${stray}"`);

const sections: string[] = [];
for (const name of wanted.length > 0 ? wanted : (['streams', 'engine', 'evaluation'] as const)) {
  const { title, run } = benchmarks[name];
  console.log(`## ${title}\n`);
  const table = await run();
  console.log(`${table}\n`);
  sections.push(`## ${title}\n\n    npm run bench -- ${name}\n\n${table}\n`);
}

if (words.includes('--docs')) {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model}, Node.js ${process.version}`;
  const about = `Measured on ${machine}. Ratios within a run are what counts; the times are of one machine on one day.`;
  const page = `# Benchmarks\n\n    npm run bench -- --docs     # writes this page\n\n${about}\n\n${sections.join('\n')}`;
  writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), page);
}
