// Scenes from their surface normals, where the answer is determined (one grey) and where it is open
// (a colour of each): the L1 distance on 500 other scenes, and how much of the colours comes back.
//   npm run experiment pix2pix [seeds] [steps of each player]
import { pathToFileURL } from 'node:url';
import { take } from 'rxjs';
import { type Dataset, scenes, shuffled } from 'weir-streams/data';
import { type Engine, openEngine, type Value } from 'weir-streams/engine';
import {
  adam,
  criticOnly,
  gaussian,
  noiseMap,
  nonSaturating,
  patchCritic,
  pix2pix,
  plainTranslator,
  type System,
  type Trainer,
  train,
} from 'weir-streams/models';
import { inOrder, pump, Run, type Schedule } from 'weir-streams/streams';

const side = 16;
const held = 500;

/** Trains a system on a dataset for some steps of a schedule. */
export async function trained(
  system: System,
  schedule: Schedule,
  dataset: Dataset,
  how: { readonly engine: Engine; readonly seed: number; readonly steps: number; readonly batch: number },
): Promise<Trainer> {
  const trainer = train(system, how.engine, { seed: how.seed });
  const run = new Run();
  const batches = shuffled(dataset, { size: how.batch, seed: how.seed });
  await run.done(pump(batches, run).pipe(schedule, take(how.steps), trainer.learn(run.gate)));
  return trainer;
}

/** What pulls the generator: the distance with its weight, the critic. */
export interface Pull {
  readonly distance: number;
  readonly critic: boolean;
}

/** What came of it, on scenes that were not learned from. */
export interface Translated {
  /** Mean absolute error in [-1, 1]. */
  readonly l1: number;
  /** Largest less smallest channel on the solids, as a share of the true one. */
  readonly saturation: number;
  /** Deviation of the solids' mean colours, as a share of the true one. */
  readonly spread: number;
}

/** Trains from normals to images, with one grey or with colours. */
export async function translate(
  { distance, critic }: Pull,
  colours: boolean,
  how: { readonly engine: Engine; readonly seed: number; readonly steps: number },
): Promise<Translated> {
  const data = (seed: number) => scenes({ side, seed, ...(!colours && { albedo: 0.8 }) });
  const dataset = data(how.seed);
  const shape = [side, side, 3];
  const optimizer = adam({ rate: 1e-3, beta1: 0.5 });
  const system = pix2pix({
    sources: {
      part: 'normals',
      shape,
      draw: (count) => dataset.read(Array.from({ length: count }, (_, i) => i)).parts!.normals!,
    },
    critic: patchCritic({ side, filters: 24 }),
    generator: plainTranslator({
      channels: 3,
      filters: 16,
      convolutions: 3,
      normalisation: 'none',
      first: [noiseMap(1)],
    }),
    latent: gaussian(side * side),
    loss: critic ? nonSaturating() : criticOnly(nonSaturating()),
    distance,
    optimizers: { critic: optimizer, generator: optimizer },
  });
  const schedule = inOrder(critic ? ['critic', 'generator'] : ['generator']);
  const steps = critic ? 2 * how.steps : how.steps;
  const trainer = await trained(system, schedule, dataset, { ...how, steps, batch: 32 });
  const { examples, parts } = data(1_000 + how.seed).read(Array.from({ length: held }, (_, i) => i));
  const { noise } = trainer.system.samplerInputs(held, { high: 1, low: how.seed });
  const made = await trainer.sampleFrom({ noise: noise!, source: parts!.normals! });
  trainer.close();
  const [own, true_] = [coloursOf(made, parts!.mask!), coloursOf(examples, parts!.mask!)];
  let missed = 0;
  for (let i = 0; i < made.data.length; i++) missed += Math.abs(made.data[i]! - examples.data[i]!);
  const l1 = missed / made.data.length;
  return { l1, saturation: own.saturation / true_.saturation, spread: own.spread / true_.spread };
}

function coloursOf({ data }: Value, mask: Value) {
  const pixels = side * side;
  const means: number[][] = [];
  let [saturation, inside] = [0, 0];
  for (let image = 0; image < held; image++) {
    const sum = [0, 0, 0];
    let count = 0;
    for (let pixel = image * pixels; pixel < (image + 1) * pixels; pixel++) {
      if (mask.data[pixel] === 0) continue;
      const colour = Array.from(data.subarray(3 * pixel, 3 * pixel + 3));
      saturation += Math.max(...colour) - Math.min(...colour);
      colour.forEach((level, c) => {
        sum[c]! += level;
      });
      count++;
    }
    inside += count;
    if (count > 0) means.push(sum.map((level) => level / count));
  }
  const variance = [0, 1, 2].map((c) => {
    const mean = means.reduce((all, colour) => all + colour[c]!, 0) / means.length;
    return means.reduce((all, colour) => all + (colour[c]! - mean) ** 2, 0) / means.length;
  });
  return {
    saturation: saturation / inside,
    spread: Math.sqrt(variance.reduce((sum, x) => sum + x, 0) / 3),
  };
}

/** The pulls that the page compares; where the answer is determined, the first two. */
export const pulls: Readonly<Record<string, Pull>> = {
  'L1 alone': { distance: 100, critic: false },
  'L1 x 100 and critic': { distance: 100, critic: true },
  'L1 x 10 and critic': { distance: 10, critic: true },
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [seeds = '3', steps = '600'] = process.argv.slice(2);
  const { engine } = await openEngine('auto');
  console.log('| solids | pull | seed | L1 | saturation | spread |\n|---|---|---|---|---|---|');
  for (let seed = 1; seed <= Number(seeds); seed++)
    for (const colours of [false, true])
      for (const [name, pull] of Object.entries(pulls).slice(0, colours ? undefined : 2)) {
        const { l1, saturation, spread } = await translate(pull, colours, {
          engine,
          seed,
          steps: Number(steps),
        });
        const shares = colours ? `${saturation.toFixed(2)} | ${spread.toFixed(2)}` : ' | ';
        console.log(
          `| ${colours ? 'a colour each' : 'one grey'} | ${name} | ${seed} | ${l1.toFixed(4)} | ${shares} |`,
        );
      }
}
