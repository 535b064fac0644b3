// Shows the effect of conditioning augmentation on conditions that were never trained: a
// conditional GAN gets the direction of a mode of the ring as (cos, sin), two of the eight
// directions are left out, and its samples for those two are compared with the data.
//   npm run experiment held-out-labels [steps]
import { pathToFileURL } from 'node:url';
import { take } from 'rxjs';
import { mixture, type Point, ring8, shuffled } from 'weir-streams/data';
import { type Engine, keyOf, normals, openEngine, Value } from 'weir-streams/engine';
import {
  adam,
  augmentCondition,
  type Conditioning,
  concatCondition,
  gan,
  mlpCritic,
  mlpGenerator,
  nonSaturating,
  sequential,
  tapped,
  train,
} from 'weir-streams/models';
import { inOrder, pump, Run } from 'weir-streams/streams';

const heldOut = [2, 5];
const shown = [0, 1, 2, 3, 4, 5, 6, 7].filter((mode) => !heldOut.includes(mode));
const ring = ring8();
const data = mixture(
  'ring of six',
  shown.map((mode) => ring.centres[mode]!),
  ring.deviation,
  0,
);
const [latent, codes] = [2, 4];

/** The directions of modes of the ring, [count, 2]. */
function directions(modes: readonly number[]): Value {
  const angles = modes.map((mode) => (mode * Math.PI) / 4);
  return Value.of(
    angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]),
    [modes.length, 2],
  );
}

const byDirection: Conditioning = {
  size: 2,
  of: ({ labels }) => directions(Array.from(labels!.data, (label) => shown[label]!)),
  draw: (count) => directions(Array.from({ length: count }, (_, i) => shown[i % shown.length]!)),
};

/** What a generator makes of the conditions that it was not shown, and of those that it was. */
export interface HeldOut {
  /**
   * Shares of samples within three deviations of a mode that was shown: asked for shown directions,
   * and for others.
   */
  readonly shown: number;
  readonly heldOut: number;
  /**
   * The standard deviation of samples of one z and one held-out direction, over the distance of two
   * neighbouring modes.
   */
  readonly spread: number;
}

/** @param weight of the divergence of the augmented condition; 0 tells the direction as it is */
export async function heldOutLabels(
  weight: number,
  engine: Engine,
  { seed, steps }: { readonly seed: number; readonly steps: number },
): Promise<HeldOut> {
  const beside = () => concatCondition(2);
  const net = { width: 64, depth: 3 };
  const system = gan({
    name: 'held-out',
    loss: nonSaturating(),
    conditioning: byDirection,
    latent: latent + codes,
    critic: mlpCritic({ ...net, first: [beside()] }),
    generator:
      weight > 0
        ? sequential([augmentCondition(2, codes), mlpGenerator({ ...net, outputs: 2 })])
        : mlpGenerator({ ...net, outputs: 2, first: [beside()] }),
    ...(weight > 0 && { terms: [tapped('kl', weight)] }),
    optimizers: { critic: adam({ rate: 1e-3, beta1: 0.5 }), generator: adam({ rate: 1e-3, beta1: 0.5 }) },
  });
  const trainer = train(system, engine, { seed });
  const run = new Run();
  const batches = shuffled(data, { size: 256, seed });
  await run.done(
    pump(batches, run).pipe(inOrder(['critic', 'generator']), take(steps), trainer.learn(run.gate)),
  );
  const asked = async (modes: readonly number[], oneNoise = false) => {
    const count = 200 * modes.length;
    const noise = normals(keyOf(seed, 'held-out'), [count, latent + codes]);
    // One z for all, beside the numbers that draw the augmented condition.
    if (oneNoise)
      for (let i = 0; i < count * (latent + codes); i += latent + codes) noise.data.fill(0, i, i + latent);
    const condition = directions(Array.from({ length: count }, (_, i) => modes[i % modes.length]!));
    return (await trainer.sampleFrom({ noise, condition })).data;
  };
  const found = {
    shown: onData(await asked(shown)),
    heldOut: onData(await asked(heldOut)),
    spread: spreadOf(await asked([heldOut[0]!], true)),
  };
  trainer.close();
  return found;
}

/** The share of points within three deviations of a centre. */
function onData(points: Value['data']): number {
  const count = points.length / 2;
  let near = 0;
  for (let i = 0; i < count; i++) {
    const distances = data.centres.map(([x, y]) => Math.hypot(points[2 * i]! - x, points[2 * i + 1]! - y));
    if (Math.min(...distances) <= 3 * data.deviation) near++;
  }
  return near / count;
}

function spreadOf(points: Value['data']): number {
  const axis = (at: number) => Array.from(points.filter((_, i) => i % 2 === at));
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = (values: readonly number[]) => mean(values.map((x) => (x - mean(values)) ** 2));
  const [a, b] = ring.centres as [Point, Point];
  return Math.sqrt(variance(axis(0)) + variance(axis(1))) / Math.hypot(a[0] - b[0], a[1] - b[1]);
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const steps = Number(process.argv[2] ?? 12_000);
  const { engine } = await openEngine('auto');
  const percent = (share: number) => (100 * share).toFixed(1);
  console.log(
    '| KL weight | seed | shown: on the data % | held out: on the data % | spread of one z |\n|---:|---:|---:|---:|---:|',
  );
  for (const weight of [0, 0.1, 1])
    for (const seed of [1, 2, 3]) {
      const { shown, heldOut, spread } = await heldOutLabels(weight, engine, { seed, steps });
      console.log(`| ${weight} | ${seed} | ${percent(shown)} | ${percent(heldOut)} | ${spread.toFixed(2)} |`);
    }
}
