// Trains every recipe for points on ring and grid and writes the first table of docs/results.md:
// modes, high-quality share and reverse KL. The sections of the page stay as they are. Each (recipe,
// data, seed) is kept in a folder when it is done, so the work can be interrupted.
//   npm run experiment results -- [--seeds 3] [--minutes 3] [--only gan,pacgan] [--folder DIR]
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { take } from 'rxjs';
import { grid25, type Mixture, ring8, shuffled } from 'weir-streams/data';
import { type Engine, openEngine } from 'weir-streams/engine';
import { type MixtureQuality, mixtureQuality } from 'weir-streams/evaluation';
import { train } from 'weir-streams/models';
import { pump, Run } from 'weir-streams/streams';
import { type GanRecipe, recipes, resolveSettings } from '../src/recipes/index.ts';

const mixtures = { ring8: ring8(), grid25: grid25() };
/** What the samples of a published evaluation are counted from. */
const evaluated = 2500;

/** One run and what came of it. */
export interface Outcome extends MixtureQuality {
  readonly recipe: string;
  readonly data: string;
  readonly seed: number;
  readonly steps: number;
  readonly seconds: number;
}

/** All recipes that learn points, and need no second set of them. */
export const candidates = recipes.filter(
  (recipe): recipe is GanRecipe =>
    recipe.kind === 'gan' && recipe.presets.points !== undefined && !recipe.data.startsWith('unpaired:'),
);

/**
 * A trainer behind all steps of a recipe's preset for a dataset, as `weir train` would have it,
 * without files.
 */
export async function trained(recipe: GanRecipe, dataset: Mixture, seed: number, engine: Engine) {
  const { options, steps, batch } = resolveSettings(recipe, dataset, {});
  const { system, schedule } = recipe.build(options, dataset);
  const trainer = train(system, engine, { seed });
  const run = new Run();
  const training$ = pump(shuffled(dataset, { size: batch, seed }), run).pipe(
    schedule,
    take(steps),
    trainer.learn(run.gate),
  );
  await run.done(training$);
  return { trainer, steps };
}

/** Trains a recipe and scores what it has come to. */
export async function once(
  recipe: GanRecipe,
  dataset: Mixture,
  seed: number,
  engine: Engine,
): Promise<Outcome> {
  const began = performance.now();
  const { trainer, steps } = await trained(recipe, dataset, seed, engine);
  const seconds = (performance.now() - began) / 1000;
  const quality = mixtureQuality(await trainer.sample(evaluated), dataset);
  trainer.close();
  return { recipe: recipe.name, data: dataset.name, seed, steps, seconds, ...quality };
}

/** The place of an outcome: another preset is another file. */
function fileOf(folder: string, recipe: GanRecipe, dataset: Mixture, seed: number): string {
  const settings = JSON.stringify(resolveSettings(recipe, dataset, {}));
  const digest = createHash('sha256').update(settings).digest('hex').slice(0, 8);
  return join(folder, `${recipe.name}-${dataset.name}-${seed}-${digest}.json`);
}

/** The median: of an even number of values, the mean of the two in the middle. */
function middle(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

function cells(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return ' | | | |';
  const modes = outcomes.map((outcome) => outcome.modes);
  const share = middle(outcomes.map(({ highQuality }) => 100 * highQuality)).toFixed(1);
  const hits = outcomes.filter((outcome) => outcome.modes > 0);
  const kl = hits.length === 0 ? '-' : middle(hits.map(({ reverseKl }) => reverseKl)).toFixed(3);
  const seconds = mean(outcomes.map((outcome) => outcome.seconds)).toFixed(0);
  return ` ${mean(modes).toFixed(1)} [${modes.join(', ')}] | ${share} | ${kl} | ${seconds} |`;
}

/** What stands on a page behind its first table, from the first heading of a section on. */
function sectionsOf(path: string): string {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const first = text.indexOf('\n## ');
  return first < 0 ? '' : text.slice(first);
}

/** The page, from all that is done, with the sections that others wrote. */
function page(outcomes: readonly Outcome[], machine: string, sections: string): string {
  const rows = candidates
    .map(({ name }) => ({ name, own: outcomes.filter(({ recipe }) => recipe === name) }))
    .filter(({ own }) => own.length > 0)
    .map(({ name, own }) => {
      const of = (data: string) => cells(own.filter((outcome) => outcome.data === data));
      return `| \`${name}\` |${of('ring8')}${of('grid25')}`;
    });
  return `# Ring and grid

Made by \`npm run experiment results\` (${machine}). Each recipe
with its preset for points, as \`weir train RECIPE --data ring8\` (\`--data grid25\`) runs it; 2,500
samples a run. High quality is the share of samples within three deviations of the nearest centre; a
mode counts with one such sample; reverse KL is that of the high-quality samples by centre to even
shares, over the seeds that have any. Modes: mean and each seed. High quality and reverse KL: median
over the seeds. Seconds: mean of a run on one core beside other work. \`cgan\`, \`ac-gan\` and
\`projection-gan\` are conditioned on every mode equally often, so their modes and reverse KL measure
the conditioning, not mode collapse.

| recipe | ring: modes (8) | high quality % | reverse KL | s | grid: modes (25) | high quality % | reverse KL | s |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
${sections}`;
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '3' },
      minutes: { type: 'string', default: '600' },
      only: { type: 'string', default: '' },
      folder: { type: 'string', default: 'runs/results' },
      page: { type: 'string', default: 'docs/results.md' },
      data: { type: 'string', default: 'ring8,grid25' },
    },
  });
  const until = performance.now() + Number(values.minutes) * 60_000;
  const wanted =
    values.only === '' ? candidates : candidates.filter(({ name }) => values.only.split(',').includes(name));
  const data = values.data.split(',');
  mkdirSync(values.folder, { recursive: true });
  const { engine } = await openEngine('auto');
  const outcomes: Outcome[] = [];
  let left = 0;
  for (let seed = 1; seed <= Number(values.seeds); seed++)
    for (const recipe of candidates)
      for (const dataset of Object.values(mixtures)) {
        const path = fileOf(values.folder, recipe, dataset, seed);
        if (!existsSync(path)) {
          if (!wanted.includes(recipe) || !data.includes(dataset.name)) continue;
          if (performance.now() > until) {
            left++;
            continue;
          }
          const outcome = await once(recipe, dataset, seed, engine);
          console.log(JSON.stringify(outcome));
          writeFileSync(path, JSON.stringify(outcome));
        }
        outcomes.push(JSON.parse(readFileSync(path, 'utf8')));
      }
  writeFileSync(values.page, page(outcomes, engine.description, sectionsOf(values.page)));
  console.log(`${outcomes.length} runs are in ${values.page}, ${left} are left`);
}
