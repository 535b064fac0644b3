// Measures what the codes of an InfoGAN mean on eight Gaussians, without labels: the bound on the
// mutual information in nats (at most ln 8 = 2.0794), the share of samples at the mode of their
// code, and the number of modes.
//   npm run experiment codes [seeds] [steps]
import { pathToFileURL } from 'node:url';
import { take, tap } from 'rxjs';
import { ring8, shuffled } from 'weir-streams/data';
import { type Engine, flattenTree, keyOf, openEngine, type Value } from 'weir-streams/engine';
import { train } from 'weir-streams/models';
import { pump, Run } from 'weir-streams/streams';
import { findRecipe, type GanRecipe, resolveSettings } from '../src/recipes/index.ts';

/** What came of one seed. */
export interface Meaning {
  /** Mean of the last 100 steps, nats. */
  readonly mutualInformation: number;
  /** Share of samples at the mode where most of their code's samples lie. */
  readonly purity: number;
  /** Different modes among those of the codes. */
  readonly modes: number;
}

const categories = 8;
const sampled = 2000;

/** Trains the recipe `info-gan` on the ring and looks at what its codes mean. */
export async function meaning(seed: number, steps: number, engine: Engine): Promise<Meaning> {
  const dataset = ring8();
  const recipe = findRecipe('info-gan') as GanRecipe;
  const { options, batch } = resolveSettings(recipe, dataset, {});
  const { system, schedule } = recipe.build(options, dataset);
  const trainer = train(system, engine, { seed });
  const bounds: number[] = [];
  const run = new Run();
  const training$ = pump(shuffled(dataset, { size: batch, seed }), run).pipe(
    schedule,
    take(steps),
    trainer.learn(run.gate),
    tap(({ values }) => bounds.push(values.mutualInformation!)),
  );
  await run.done(training$);
  const session = engine.open(trainer.tensors());
  const inputs = system.samplerInputs(sampled, keyOf(seed, 'look'));
  const { samples } = (await session.run(system.sampler, inputs)) as { samples: Value };
  const noise = flattenTree(inputs).get('noise') as Value;
  session.close();
  trainer.close();
  const last = bounds.slice(-100);
  return {
    mutualInformation: last.reduce((sum, x) => sum + x, 0) / last.length,
    ...purityOf(samples, noise, dataset.centres),
  };
}

function purityOf(samples: Value, noise: Value, centres: readonly (readonly number[])[]) {
  const width = noise.shape[1]!;
  const counts = Array.from({ length: categories }, () => new Array<number>(centres.length).fill(0));
  for (let row = 0; row < sampled; row++) {
    const code = Array.from(noise.data.subarray((row + 1) * width - categories, (row + 1) * width)).indexOf(
      1,
    );
    const [x = 0, y = 0] = samples.data.subarray(2 * row, 2 * row + 2);
    const distances = centres.map(([a = 0, b = 0]) => Math.hypot(x - a, y - b));
    counts[code]![distances.indexOf(Math.min(...distances))]!++;
  }
  const most = counts.map((row) => Math.max(...row));
  return {
    purity: most.reduce((sum, count) => sum + count, 0) / sampled,
    modes: new Set(counts.map((row, code) => row.indexOf(most[code]!))).size,
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [seeds = '3', steps = '4000'] = process.argv.slice(2);
  const { engine } = await openEngine('auto');
  console.log('| seed | mutual information | purity | modes of 8 |\n|---|---|---|---|');
  for (let seed = 1; seed <= Number(seeds); seed++) {
    const { mutualInformation, purity, modes } = await meaning(seed, Number(steps), engine);
    console.log(`| ${seed} | ${mutualInformation.toFixed(4)} | ${purity.toFixed(3)} | ${modes} |`);
  }
}
