// Trains recipes on the same images for the same processor time each, and scores their samples under
// one feature network: Frechet distance, precision and recall of 2,000 samples. Time counts training
// alone. With --pictures a grid of each is drawn.
//   npm run experiment equal-time -- --data idx:DIR,32 --features FILE [--recipes dcgan,lapgan,progressive-gan] [--seconds 100,300] [--seed 1] [--set progressive-gan.fade=400] [--pictures DIR]
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { takeWhile } from 'rxjs';
import { type Dataset, openDataset, shuffled } from 'weir-streams/data';
import { type Engine, openEngine } from 'weir-streams/engine';
import { Evaluator, type Scores } from 'weir-streams/evaluation';
import { type System, train } from 'weir-streams/models';
import { imageGrid, writePng } from 'weir-streams/plots';
import { openFeatures } from 'weir-streams/runs';
import { pump, Run } from 'weir-streams/streams';
import { findRecipe, type GanRecipe, resolveSettings } from '../src/recipes/index.ts';

/** Processor seconds of this process so far. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** What is trained, and for how long. */
export interface EqualTime {
  readonly recipe: string;
  readonly data: Dataset;
  readonly evaluator: Evaluator;
  readonly engine: Engine;
  readonly seed: number;
  /** Processor seconds of training behind which samples are scored, ascending. */
  readonly seconds: readonly number[];
  readonly set: ReadonlyMap<string, string>;
}

/** Trains one recipe and scores it at each of the times; gives the trainer behind the last one. */
export async function equalTime(
  { recipe: name, data, evaluator, engine, seed, seconds, set }: EqualTime,
  onScores: (at: { readonly seconds: number; readonly steps: number; readonly scores: Scores }) => void,
) {
  const recipe = findRecipe(name) as GanRecipe;
  const { options, batch } = resolveSettings(recipe, data, { set });
  const { system, schedule } = recipe.build(options, data);
  const trainer = train(system as System, engine, { seed });
  let spent = 0;
  for (const until of seconds) {
    const began = processorSeconds() - spent;
    const run = new Run();
    await run.done(
      pump(shuffled(data, { size: batch, seed, start: trainer.index }), run).pipe(
        schedule,
        trainer.learn(run.gate),
        takeWhile(() => processorSeconds() - began < until),
      ),
    );
    spent = processorSeconds() - began;
    const scores = await evaluator.score(await trainer.sample(evaluator.samples, 0));
    onScores({ seconds: spent, steps: trainer.index, scores });
  }
  return trainer;
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: 'fashion-mnist,32' },
      features: { type: 'string', default: 'features/fashion-mnist,32.safetensors' },
      recipes: { type: 'string', default: 'dcgan,lapgan,progressive-gan' },
      seconds: { type: 'string', default: '100,300' },
      seed: { type: 'string', default: '1' },
      set: { type: 'string', default: '' },
      pictures: { type: 'string' },
    },
  });
  const { engine } = await openEngine('auto');
  const data = await openDataset(values.data);
  const evaluator = await Evaluator.open({
    dataset: data,
    engine,
    features: await openFeatures(values.features, engine),
    scores: ['fid', 'precision', 'recall'],
  });
  const row = (...cells: readonly (string | number)[]) => console.log(`| ${cells.join(' | ')} |`);
  const numbers = ({ fid, precision, recall }: Scores) =>
    [fid!.toFixed(2), precision!.toFixed(3), recall!.toFixed(3)] as const;
  console.log(`${data.name}, features ${evaluator.features.hash}\n`);
  row('recipe', 'seed', 'CPU s', 'steps', 'FID', 'precision', 'recall');
  console.log('|---|---|---|---|---|---|---|');
  row('other real images', '', '', '', ...numbers(await evaluator.floor()));
  const seed = Number(values.seed);
  const seconds = values.seconds.split(',').map(Number);
  for (const recipe of values.recipes.split(',')) {
    const own = values.set.split(',').filter((pair) => pair.startsWith(`${recipe}.`));
    const set = new Map(own.map((pair) => pair.slice(recipe.length + 1).split('=') as [string, string]));
    const how = { recipe, data, evaluator, engine, seed, seconds, set };
    const trainer = await equalTime(how, (at) =>
      row(recipe, seed, at.seconds.toFixed(0), at.steps, ...numbers(at.scores)),
    );
    if (values.pictures !== undefined)
      writePng(join(values.pictures, `${recipe}-${seed}.png`), imageGrid(await trainer.sample(64)));
    trainer.close();
  }
  evaluator.close();
}
