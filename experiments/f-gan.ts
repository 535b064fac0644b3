// Fits a Gaussian to a mixture by one f-divergence after the other, as section 4 of f-GAN
// (https://arxiv.org/abs/1606.00709) does. The best fit of each divergence is known by quadrature.
//   npm run experiment f-gan [steps] [seeds]
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { type Engine, keyOf, normals, openEngine, uniforms, Value } from 'weir-streams/engine';
import {
  adam,
  type Divergence,
  fDivergence,
  gan,
  jensenShannon,
  kullbackLeibler,
  type Layer,
  linearDecay,
  mlpCritic,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
  tanh,
  train,
} from 'weir-streams/models';

/** .6 N(-1, .5^2) + .4 N(2, 1). */
function mixture(seed: number, index: number, count: number): Value {
  const which = uniforms(keyOf(seed, 'which', index), [count]).data;
  const { data } = normals(keyOf(seed, 'mixture', index), [count]);
  return Value.of(
    Array.from(data, (z, i) => (which[i]! < 0.6 ? -1 + 0.5 * z : 2 + z)),
    [count, 1],
  );
}

/** mu + sigma z. */
const affine: Layer = {
  init: () => ({ weights: { mean: Value.of([0]), logDeviation: Value.of([0]) }, buffers: {}, shape: [1] }),
  apply: ({ weights, buffers }, z) => {
    const { mean, logDeviation } = weights as { mean: tf.Tensor; logDeviation: tf.Tensor };
    return { y: tf.add(mean, tf.mul(tf.exp(logDeviation), z)), buffers };
  },
};

/** A divergence and the Gaussian that is nearest by it. */
export interface Fit {
  readonly divergence: Divergence;
  readonly mean: number;
  readonly deviation: number;
  /** Examples in a batch. */
  readonly batch: number;
}

/**
 * The best fits by quadrature, in the order of their means. What the critic of the reverse
 * divergence has to learn, -q/p, is large where the mixture is rare, so it takes more examples.
 */
export const fits: readonly Fit[] = [
  { divergence: pearson, mean: 0.0285, deviation: 1.6826, batch: 1024 },
  { divergence: kullbackLeibler, mean: 0.2, deviation: 1.6462, batch: 1024 },
  { divergence: jensenShannon, mean: 0.3394, deviation: 1.6393, batch: 1024 },
  { divergence: squaredHellinger, mean: 0.388, deviation: 1.6, batch: 1024 },
  { divergence: reverseKullbackLeibler, mean: 0.7516, deviation: 1.4964, batch: 4096 },
];

/**
 * What the game of a divergence comes to: five steps of the critic to one of the generator, rates
 * that fall, the average of the generator.
 */
export async function fitted(
  { divergence, batch }: Fit,
  steps: number,
  seed: number,
  engine: Engine,
): Promise<{ readonly mean: number; readonly deviation: number }> {
  const system = gan({
    name: 'f-gan',
    loss: fDivergence(divergence),
    generator: affine,
    latent: 1,
    average: 0.99,
    critic: mlpCritic({ width: 64, depth: 2, activation: tanh }),
    optimizers: {
      critic: adam({ rate: linearDecay(1e-2, 0, steps, steps / 2), beta1: 0.5 }),
      generator: adam({ rate: linearDecay(5e-3, 0, steps, steps / 2), beta1: 0.5 }),
    },
  });
  const trainer = train(system, engine, { seed });
  for (let index = 0; index < steps; index++) {
    const player = index % 6 < 5 ? 'critic' : 'generator';
    await trainer.step({ index, player, batch: { examples: mixture(seed, index, batch) } });
  }
  const { average } = trainer.tensors() as { average: Record<string, Value> };
  trainer.close();
  return { mean: average.mean!.data[0]!, deviation: Math.exp(average.logDeviation!.data[0]!) };
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [steps = '6000', seeds = '3'] = process.argv.slice(2);
  const { engine } = await openEngine('auto');
  console.log(
    '| divergence | mean by quadrature | learned | deviation by quadrature | learned |\n|---|---|---|---|---|',
  );
  for (const fit of fits) {
    const { divergence, mean, deviation } = fit;
    const runs = [];
    for (let seed = 1; seed <= Number(seeds); seed++)
      runs.push(await fitted(fit, Number(steps), seed, engine));
    const cell = (of: readonly number[]) =>
      `${median(of).toFixed(3)} [${of.map((x) => x.toFixed(3)).join(', ')}]`;
    const means = cell(runs.map((run) => run.mean));
    const deviations = cell(runs.map((run) => run.deviation));
    console.log(`| ${divergence.name} | ${mean} | ${means} | ${deviation} | ${deviations} |`);
  }
}
