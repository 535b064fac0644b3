// Trains critics alone between two Gaussians on the line, where the loss of the best critic is a
// known number. This checks critic, loss and optimiser together.
//   npm run experiment best-critic [steps]
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { type Engine, fold, keyOf, normals, openEngine } from 'weir-streams/engine';
import {
  type AdversarialLoss,
  adam,
  fDivergence,
  gan,
  jensenShannon,
  kullbackLeibler,
  type Layer,
  linearDecay,
  mlpCritic,
  nonSaturating,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
  tanh,
  totalVariation,
  train,
} from 'weir-streams/models';
import type { StepEvent } from 'weir-streams/streams';

/** Noise moved by a constant: the other Gaussian. */
const shifted = (by: number): Layer => ({
  init: (_, shape) => ({ weights: {}, buffers: {}, shape }),
  apply: ({ buffers }, x) => ({ y: tf.add(x, by), buffers }),
});

const batch = 1024;

/**
 * The mean of a value of the critic over its last 200 steps, N(0, 1) being real and N(shift, 1)
 * fake.
 */
export async function alone(
  loss: AdversarialLoss,
  {
    shift,
    value,
    steps,
    seed,
  }: { readonly shift: number; readonly value: string; readonly steps: number; readonly seed: number },
  engine: Engine,
): Promise<number> {
  const system = gan({
    name: 'best-critic',
    loss,
    generator: shifted(shift),
    latent: 1,
    critic: mlpCritic({ width: 64, depth: 2, activation: tanh }),
    optimizers: {
      critic: adam({ rate: linearDecay(5e-3, 1e-5, steps), beta1: 0.9 }),
      generator: adam({ rate: 0 }),
    },
  });
  const trainer = train(system, engine, { seed });
  let sum = 0;
  for (let index = 0; index < steps; index++) {
    const examples = normals(fold(keyOf(seed, 'real'), index), [batch, 1]);
    const { values } = (await trainer.step({ index, player: 'critic', batch: { examples } })) as StepEvent;
    if (index >= steps - 200) sum += values[value]! / 200;
  }
  trainer.close();
  return sum;
}

/** Each game with what it must come to, in closed form or by quadrature. */
export const cases = [
  { name: 'GAN, shift 1', loss: nonSaturating(), shift: 1, value: 'loss', expected: 1.163451 },
  { name: 'GAN, shift 2', loss: nonSaturating(), shift: 2, value: 'loss', expected: 0.712633 },
  { name: 'GAN, shift 4', loss: nonSaturating(), shift: 4, value: 'loss', expected: 0.120854 },
  ...(
    [
      [kullbackLeibler, 0.5],
      [reverseKullbackLeibler, 0.5],
      [pearson, Math.E - 1],
      [squaredHellinger, 0.235006],
      [jensenShannon, 0.222843],
      [totalVariation, 0.382925],
    ] as const
  ).map(([of, expected]) => ({
    name: `${of.name}, shift 1`,
    loss: fDivergence(of),
    shift: 1,
    value: 'divergence',
    expected,
  })),
];

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const { engine } = await openEngine('auto');
  const steps = Number(process.argv[2] ?? 2_000);
  console.log('| game | learned | expected |\n|---|---|---|');
  for (const { name, loss, expected, ...rest } of cases) {
    const learned = await alone(loss, { ...rest, steps, seed: 1 }, engine);
    console.log(`| ${name} | ${learned.toFixed(4)} | ${expected.toFixed(4)} |`);
  }
}
