// The style half of S2-GAN with the normals read back (weight 1) and without: does the light on what
// is made of 500 other scenes fall as their normals say, and are there colours.
//   npm run experiment style-structure [seeds] [steps of each player]
import { pathToFileURL } from 'node:url';
import type { Tensor } from '@tensorflow/tfjs-core';
import { scenes } from 'weir-streams/data';
import {
  type Engine,
  normals as gaussians,
  keyOf,
  openEngine,
  type Tree,
  type Value,
} from 'weir-streams/engine';
import {
  adam,
  concatCondition,
  conv2d,
  convCritic,
  convGenerator,
  cosineDistance,
  game,
  gaussian,
  leakyRelu,
  network,
  normalsByAngle,
  patchCritic,
  plainTranslator,
  sequential,
  styleStructure,
  unitVectors,
} from 'weir-streams/models';
import { inOrder, phases } from 'weir-streams/streams';
import { trained } from './pix2pix.ts';

const side = 16;
const held = 500;
const filters = 24;
const shape = [side, side, 3];
const styleLatent = 8;
const conv3 = (count: number) => conv2d(count, { kernelSize: 3, stride: 1 });
const reader = () =>
  sequential([conv3(filters), leakyRelu(0.2), conv3(filters), leakyRelu(0.2), conv3(3), unitVectors()]);
const optimizer = () => adam({ rate: 1e-3, beta1: 0.5 });
const styleGenerator = plainTranslator({
  channels: 3,
  filters,
  convolutions: 3,
  normalisation: 'batch',
  first: [concatCondition(styleLatent)],
});

/** What came of one seed. */
export interface Relit {
  /** Correlation of max(0, <normal, light>) with the luminance of what is made, on the solids. */
  readonly relight: number;
  /** Share of the solids' pixels whose normal another reader finds within 30 degrees. */
  readonly read: number;
  /** Deviation of the solids' mean colours over that of the data. */
  readonly spread: number;
}

/** A network that reads normals, learned from other scenes, as a function of images. */
async function judge(engine: Engine, seed: number, steps: number) {
  const system = game<'reader', 'reader', 'image' | 'normals'>({
    name: 'judge',
    networks: { reader: { layer: reader(), input: shape } },
    players: {
      reader: {
        trains: ['reader'],
        optimizer: optimizer(),
        loss: ({ reader }, { image, normals }) => ({ loss: cosineDistance(reader(image).y, normals) }),
      },
    },
    inputs: ({ batch }) => ({ image: batch.examples, normals: batch.parts!.normals! }),
    sample: ({ reader }, { image }) => reader(image).y,
    samplerInputs: (count) => ({
      image: scenes({ side }).read(Array.from({ length: count }, (_, i) => i)).examples,
    }),
  });
  const dataset = scenes({ side, seed: 700 + seed });
  const trainer = await trained(system, inOrder(['reader']), dataset, { engine, seed, steps, batch: 32 });
  return trainer;
}

/** Trains reader and style, and looks at images of held-out normals. */
export async function relit(
  weight: number,
  how: { readonly engine: Engine; readonly seed: number; readonly steps: number },
): Promise<Relit> {
  const { engine, seed, steps } = how;
  const plan = phases([
    { name: 'reader', steps, schedule: inOrder(['reader']) },
    { name: 'style', schedule: inOrder(['critic@style', 'generator@style']) },
  ]);
  const small = { size: 16, channels: 3, filters: 4 } as const;
  const system = styleStructure({
    shape,
    reader: reader(),
    structure: {
      generator: convGenerator({ ...small, output: unitVectors }),
      critic: convCritic(small),
      latent: gaussian(8),
    },
    style: {
      generator: styleGenerator,
      critic: patchCritic({ side, filters }),
      latent: gaussian(styleLatent),
    },
    reading: normalsByAngle(weight),
    optimizers: { reader: optimizer(), critic: optimizer(), generator: optimizer(), joint: optimizer() },
  });
  const dataset = scenes({ side, seed });
  const trainer = await trained(system, plan, dataset, { engine, seed, steps: 3 * steps, batch: 32 });
  const { examples, parts } = scenes({ side, seed: 1_000 + seed }).read(
    Array.from({ length: held }, (_, i) => i),
  );
  const [truth, mask] = [parts!.normals!, parts!.mask!];
  const session = engine.open(trainer.tensors());
  trainer.close();
  const paint = {
    name: 'paint',
    run: (state: Tree<Tensor>, inputs: Tree<Tensor>) => {
      const parameters = state['generator@style'] as never;
      const { y } = network(
        styleGenerator,
        parameters,
        false,
      )(inputs.normals as Tensor, inputs.noise as Tensor);
      return { state, outputs: { y } };
    },
  };
  const noise = gaussians(keyOf(seed, 'styles'), [held, styleLatent]);
  const { y: made } = (await session.run(paint, { normals: truth, noise })) as { y: Value };
  session.close();
  const other = await judge(engine, seed, steps);
  const read = await other.sampleFrom({ image: made });
  other.close();
  return {
    relight: relightOf(made, truth, mask),
    read: withinOf(read, truth, mask),
    spread: spreadOf(made, mask) / spreadOf(examples, mask),
  };
}

const light = [-0.5, 0.5, Math.SQRT1_2] as const;
const pixelsOf = (mask: Value) => Array.from(mask.data.keys()).filter((i) => mask.data[i] === 1);

function relightOf(made: Value, normals: Value, mask: Value): number {
  const pairs = pixelsOf(mask).map((i) => {
    const [x = 0, y = 0, z = 0] = normals.data.subarray(3 * i, 3 * i + 3);
    const lit = Math.max(0, x * light[0] + y * light[1] + z * light[2]);
    const [r = 0, g = 0, b = 0] = made.data.subarray(3 * i, 3 * i + 3);
    return [lit, (r + g + b) / 3] as const;
  });
  const mean = (of: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  const [a, b] = [mean(0), mean(1)];
  let [both, left, right] = [0, 0, 0];
  for (const [lit, seen] of pairs) {
    both += (lit - a) * (seen - b);
    left += (lit - a) ** 2;
    right += (seen - b) ** 2;
  }
  return both / Math.sqrt(left * right);
}

function withinOf(read: Value, normals: Value, mask: Value): number {
  const pixels = pixelsOf(mask);
  const near = pixels.filter((i) => {
    let cosine = 0;
    for (let c = 0; c < 3; c++) cosine += read.data[3 * i + c]! * normals.data[3 * i + c]!;
    return cosine > Math.cos(Math.PI / 6);
  });
  return near.length / pixels.length;
}

function spreadOf({ data }: Value, mask: Value): number {
  const means = new Map<number, number[]>();
  const counts = new Map<number, number>();
  for (const i of pixelsOf(mask)) {
    const image = Math.floor(i / (side * side));
    const sum = means.get(image) ?? [0, 0, 0];
    for (let c = 0; c < 3; c++) sum[c]! += data[3 * i + c]!;
    means.set(image, sum);
    counts.set(image, (counts.get(image) ?? 0) + 1);
  }
  const colours = [...means].map(([image, sum]) => sum.map((x) => x / counts.get(image)!));
  const variance = [0, 1, 2].map((c) => {
    const mean = colours.reduce((all, colour) => all + colour[c]!, 0) / colours.length;
    return colours.reduce((all, colour) => all + (colour[c]! - mean) ** 2, 0) / colours.length;
  });
  return Math.sqrt(variance.reduce((sum, x) => sum + x, 0) / 3);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [seeds = '3', steps = '700'] = process.argv.slice(2);
  const { engine } = await openEngine('auto');
  console.log('| weight | seed | relight | within 30 degrees | spread of colours |\n|---|---|---|---|---|');
  for (const weight of [1, 0])
    for (let seed = 1; seed <= Number(seeds); seed++) {
      const { relight, read, spread } = await relit(weight, { engine, seed, steps: Number(steps) });
      const numbers = [relight, read, spread].map((x) => x.toFixed(3)).join(' | ');
      console.log(`| ${weight} | ${seed} | ${numbers} |`);
    }
}
