// The 8x8 digits by a stacked GAN with the entropy of the noise (weight 10) and without: are the
// labels right, and does the noise still matter once the features are given.
//   npm run experiment stacked-gan [seeds] [steps of each player and phase] [folder] [picture]
import { pathToFileURL } from 'node:url';
import { take, tap } from 'rxjs';
import { type Engine, keyOf, openEngine, uniforms, Value } from 'weir-streams/engine';
import {
  adam,
  batchNorm,
  concatCondition,
  dense as denseLayer,
  flatten,
  leakyRelu,
  mlpCritic,
  mlpGenerator,
  oneHot,
  relu,
  reshape,
  sequential,
  stackedGan,
  stackPlayers,
  tanh,
  torchInitial,
  train,
} from 'weir-streams/models';
import { imageGrid, writePng } from 'weir-streams/plots';
import { inOrder, phases, pump, Run } from 'weir-streams/streams';
import { digits } from './semi-supervised.ts';

/** What came of one seed. */
export interface Stacked {
  /** Share of samples whose nearest digit of the data has the label that they were asked for. */
  readonly accuracy: number;
  /** Mean distance within a class over that of the data. */
  readonly diversity: number;
  /** Mean distance of 20 samples of the same features over that of the data within a class. */
  readonly spread: number;
  /** Mean squared errors of the noise that is found again, at the features and at the pixels. */
  readonly noiseErrors: readonly [top: number, bottom: number];
  /** A hundred samples, of the classes in turn. */
  readonly samples: Value;
}

const latent = 16;
const features = 64;
const classes = 10;
const batchSize = 100;
/** With He's larger first values the critics' heads find less of the noise. */
const dense = (units: number) => denseLayer(units, torchInitial);

function stack(entropy: number) {
  const critic = () =>
    mlpCritic({ width: 128, depth: 2, activation: () => leakyRelu(0.2), initial: torchInitial });
  const generator = (above: number, outputs: number) =>
    mlpGenerator({
      width: 128,
      depth: 2,
      first: [concatCondition(above)],
      normalisation: batchNorm,
      outputs,
      initial: torchInitial,
    });
  const optimizer = () => adam({ rate: 3e-4, beta1: 0.5 });
  return stackedGan({
    levels: [
      {
        encoder: sequential([flatten(), dense(128), relu(), dense(features), relu()]),
        generator: sequential([generator(features, 64), reshape([8, 8, 1]), tanh()]),
        critic: sequential([flatten(), critic()]),
        guess: dense(latent),
      },
      {
        encoder: dense(classes),
        generator: sequential([generator(classes, features), relu()]),
        critic: critic(),
        guess: dense(latent),
      },
    ],
    shape: [8, 8, 1],
    classes,
    latent,
    entropy,
    optimizers: { encoder: adam({ rate: 1e-3 }), critic: optimizer(), generator: optimizer() },
  });
}

/** Trains a stack, all steps apart and as many together, and looks at what it makes. */
export async function stacked(
  entropy: number,
  how: { readonly engine: Engine; readonly seed: number; readonly steps: number; readonly folder: string },
): Promise<Stacked> {
  const { train: data } = digits(how.folder);
  const count = data.labels.data.length;
  const pixels = (row: number) => data.examples.data.subarray(64 * row, 64 * row + 64);
  const batchAt = (index: number) => {
    const rows = uniforms(keyOf(how.seed, 'rows', index), [batchSize], 0, count).data;
    const examples = new Float32Array(batchSize * 64);
    const labels = new Int32Array(batchSize);
    for (let i = 0; i < batchSize; i++) {
      const row = Math.min(count - 1, Math.floor(rows[i]!));
      examples.set(pixels(row), 64 * i);
      labels[i] = data.labels.data[row]!;
    }
    return {
      examples: new Value('float32', [batchSize, 8, 8, 1], examples),
      labels: new Value('int32', [batchSize], labels),
    };
  };
  const players = stackPlayers(2);
  const plan = phases([
    { name: 'encoder', steps: 600, schedule: inOrder(players.encoder) },
    { name: 'apart', steps: 4 * how.steps, schedule: inOrder(players.apart) },
    { name: 'together', schedule: inOrder(players.together) },
  ]);
  const trainer = train(stack(entropy), how.engine, { seed: how.seed, plan: plan.text });
  const errors: Record<string, number[]> = {};
  const run = new Run();
  const batches = function* () {
    for (let index = 0; ; index++) yield { index, batch: batchAt(index) };
  };
  await run.done(
    pump(batches(), run).pipe(
      plan,
      take(600 + 8 * how.steps),
      trainer.learn(run.gate),
      tap(({ player, values: { noiseError } }) => {
        if (noiseError !== undefined) errors[player] = [...(errors[player] ?? []).slice(-49), noiseError];
      }),
    ),
  );
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

  const drawn = 500;
  const samples = await trainer.sample(drawn, how.seed);
  const made = samples.data;
  const label = (i: number) => i % classes;
  const distance = (a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number) => {
    let sum = 0;
    for (let p = 0; p < 64; p++) sum += (a[64 * i + p]! - b[64 * j + p]!) ** 2;
    return Math.sqrt(sum);
  };
  const own = data.examples.data;
  const nearest = (i: number) => {
    let [best, at] = [Infinity, 0];
    for (let j = 0; j < count; j++) {
      const far = distance(made, i, own, j);
      if (far < best) [best, at] = [far, j];
    }
    return data.labels.data[at]!;
  };
  const right = Array.from({ length: drawn }, (_, i) => nearest(i) === label(i));
  const within = (values: ArrayLike<number>, rows: readonly (readonly number[])[]) =>
    mean(
      rows.flatMap((group) =>
        group.flatMap((i, at) => group.slice(at + 1).map((j) => distance(values, i, values, j))),
      ),
    );
  const rowsOf = (size: number, of: (row: number) => number) =>
    Array.from({ length: classes }, (_, one) =>
      Array.from({ length: size }, (_, row) => row)
        .filter((row) => of(row) === one)
        .slice(0, 40),
    );
  const ofData = within(
    own,
    rowsOf(count, (row) => data.labels.data[row]!),
  );

  // Twenty samples of each of twenty features: one class and one noise above, twenty below.
  const groups = Array.from({ length: 20 }, (_, group) =>
    Array.from({ length: 20 }, (_, i) => 20 * group + i),
  );
  const above = uniforms(keyOf(how.seed, 'above'), [20, latent]).data;
  const repeated = Float32Array.from(
    { length: 400 * latent },
    (_, i) => above[Math.floor(i / (20 * latent)) * latent + (i % latent)]!,
  );
  const same = await trainer.sampleFrom({
    label: oneHot(
      Array.from({ length: 400 }, (_, i) => label(Math.floor(i / 20))),
      classes,
    ),
    'noise@1': new Value('float32', [400, latent], repeated),
    'noise@0': uniforms(keyOf(how.seed, 'below'), [400, latent]),
  });
  trainer.close();
  return {
    accuracy: right.filter(Boolean).length / drawn,
    diversity: within(made, rowsOf(drawn, label)) / ofData,
    spread: within(same.data, groups) / ofData,
    noiseErrors: [mean(errors['joint-critic@1']!), mean(errors['joint-critic@0']!)],
    samples: new Value('float32', [100, 8, 8, 1], samples.data.slice(0, 6_400)),
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [seeds = '3', steps = '2500', folder = '../shared/data/digits', picture] = process.argv.slice(2);
  const { engine } = await openEngine('auto');
  console.log('| entropy | seed | accuracy | diversity | spread | noise error, top | bottom |');
  console.log('|---|---|---|---|---|---|---|');
  for (const entropy of [10, 0])
    for (let seed = 1; seed <= Number(seeds); seed++) {
      const found = await stacked(entropy, { engine, seed, steps: Number(steps), folder });
      const numbers = [found.accuracy, found.diversity, found.spread, ...found.noiseErrors];
      console.log(`| ${entropy} | ${seed} | ${numbers.map((x) => x.toFixed(3)).join(' | ')} |`);
      if (picture !== undefined && entropy > 0 && seed === 1) writePng(picture, imageGrid(found.samples));
    }
}
