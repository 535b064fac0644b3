// Trains a spectrally normalised Wasserstein critic between two Gaussians at distance 3, whose
// slope must nowhere exceed 1, and an unconstrained critic beside it.
//   npm run experiment lipschitz [steps]
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import {
  differentiate,
  type Engine,
  fold,
  keyOf,
  normals,
  openEngine,
  type Program,
  Value,
} from 'weir-streams/engine';
import {
  adam,
  gan,
  type Layer,
  mlpCritic,
  type Parameters,
  spectralNorm,
  train,
  wasserstein,
} from 'weir-streams/models';
import type { StepEvent } from 'weir-streams/streams';

/** Noise moved by (-3, 0). */
const shifted: Layer = {
  init: (_, shape) => ({ weights: {}, buffers: {}, shape }),
  apply: ({ buffers }, x) => ({ y: tf.sub(x, tf.tensor([3, 0])), buffers }),
};

/** What a critic has come to. */
export interface Outcome {
  /** Mean D(real) - mean D(fake) over the last 100 steps; at most 3 for a critic of slope 1. */
  readonly gap: number;
  /** The steepest slope on a grid of 41 x 41 over [-6, 6]^2. */
  readonly steepest: number;
}

/** Trains a critic with or without spectral normalisation. */
export async function study(
  constrained: boolean,
  engine: Engine,
  steps: number,
  seed: number,
): Promise<Outcome> {
  const critic = mlpCritic({ width: 64, depth: 3, ...(constrained && { constraint: spectralNorm }) });
  const system = gan({
    name: 'lipschitz',
    loss: wasserstein(),
    critic,
    generator: shifted,
    latent: 2,
    optimizers: { critic: adam({ rate: 2e-3, beta1: 0, beta2: 0.9 }), generator: adam({ rate: 0 }) },
  });
  const trainer = train(system, engine, { seed });
  let gap = 0;
  for (let index = 0; index < steps; index++) {
    const examples = normals(fold(keyOf(seed, 'real'), index), [256, 2]);
    const { values } = (await trainer.step({ index, player: 'critic', batch: { examples } })) as StepEvent;
    if (index >= steps - 100) gap += values.wasserstein! / 100;
  }
  const { tensors } = trainer.save();
  trainer.close();
  const at = Array.from({ length: 41 }, (_, i) => (i - 20) * 0.3);
  const grid = Value.of(
    at.flatMap((x) => at.flatMap((y) => [x, y])),
    [41 * 41, 2],
  );
  const program: Program = {
    name: 'slopes',
    run(state, { x }) {
      const { gradients } = differentiate({ x: x as tf.Tensor }, ({ x }) => ({
        loss: tf.sum(critic.apply(state.critic as never as Parameters, x, false).y),
        extra: {},
      }));
      return { state, outputs: { steepest: tf.max(tf.norm(gradients.x, 2, 1)) } };
    },
  };
  const session = engine.open({ critic: tensors.critic! });
  const { steepest } = (await session.run(program, { x: grid })) as { steepest: Value };
  session.close();
  return { gap, steepest: steepest.data[0]! };
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const { engine } = await openEngine('auto');
  const steps = Number(process.argv[2] ?? 2_000);
  console.log('| critic | seed | gap (the distance is 3) | steepest slope |\n|---|---|---|---|');
  for (const constrained of [true, false])
    for (const seed of [1, 2, 3]) {
      const { gap, steepest } = await study(constrained, engine, steps, seed);
      const name = constrained ? 'spectral normalisation' : 'none';
      console.log(`| ${name} | ${seed} | ${gap.toFixed(3)} | ${steepest.toFixed(3)} |`);
    }
}
