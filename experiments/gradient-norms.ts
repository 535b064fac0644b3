// Figure 1(b) of "Improved Training of Wasserstein GANs", https://arxiv.org/abs/1704.00028: the
// gradient of the critic's loss by the activations of each of its twelve layers, for three clipping
// thresholds and for the penalty.
//   npm run experiment gradient-norms [steps]
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { take } from 'rxjs';
import { shuffled, swissRoll } from 'weir-streams/data';
import {
  differentiate,
  type Engine,
  keyOf,
  normals,
  openEngine,
  type Program,
  type Tree,
  uniforms,
  Value,
} from 'weir-streams/engine';
import {
  adam,
  clippedShare,
  clipWeights,
  dense,
  fanInUniform,
  heNormal,
  interpolateExamples,
  type Layer,
  lecunNormal,
  type Optimizer,
  relu,
  rmsprop,
  sequential,
  slopePenalty,
  wassersteinEstimate,
} from 'weir-streams/models';
import { linePlot } from 'weir-streams/plots';
import { learn, pump, Run, schedule } from 'weir-streams/streams';

const [depth, width, batch] = [12, 128, 256];
const hidden = (): Layer => sequential([dense(width, { kernel: heNormal, bias: fanInUniform }), relu()]);
const layers: readonly Layer[] = [
  ...Array.from({ length: depth }, hidden),
  dense(1, { kernel: lecunNormal }),
];
const critic = sequential(layers);
type Weights = Tree<tf.Tensor>;

/** How a critic is kept from growing without bound. */
export interface Constraint {
  readonly name: string;
  readonly optimizer: Optimizer;
  readonly clip?: number;
  readonly penalty?: number;
}

/** Those of the figure, each with the optimiser of the paper's code. */
export const constraints: readonly Constraint[] = [
  ...[0.1, 0.01, 0.001].map((clip) => ({
    name: `clipping ${clip}`,
    optimizer: rmsprop({ rate: 5e-5 }),
    clip,
  })),
  { name: 'gradient penalty', optimizer: adam({ rate: 1e-4, beta1: 0.5, beta2: 0.9 }), penalty: 10 },
];

/**
 * One step of a critic against a fixed generator, data plus N(0, 1). Inputs: `real` and `noise`
 * [batch, 2], `mix` [batch, 1], `rate`.
 */
export function step({ name, optimizer, clip, penalty }: Constraint, layer: Layer): Program {
  const score = (weights: Weights, x: tf.Tensor) => layer.apply({ weights, buffers: {} }, x, true).y;
  return {
    name,
    run(state, inputs) {
      const { real, noise, mix, rate } = inputs as Record<string, tf.Tensor>;
      const fake = tf.add(real!, noise!);
      const { loss, gradients } = differentiate(state.weights as Weights, (weights) => {
        const estimate = wassersteinEstimate(score(weights, real!), score(weights, fake));
        if (penalty === undefined) return { loss: tf.neg(estimate), extra: {} };
        const slope = slopePenalty((x) => score(weights, x), interpolateExamples(real!, fake, mix!));
        return { loss: tf.sub(tf.mul(penalty, slope.penalty), estimate), extra: {} };
      });
      const update = optimizer.update(gradients, state.slots as Weights, state.weights as Weights, rate!);
      const weights = clip === undefined ? update.weights : clipWeights(update.weights, clip);
      return { state: { weights, slots: update.slots }, outputs: { loss } };
    },
  };
}

/**
 * log10 of the norm of the loss's gradient by the activations behind each hidden layer, and the
 * share of clipped weights.
 */
function probe({ name, clip }: Constraint): Program {
  return {
    name: `${name}/probe`,
    run(state, inputs) {
      const { real, noise } = inputs as Record<string, tf.Tensor>;
      const weights = state.weights as Record<string, Weights>;
      const apply = (x: tf.Tensor, from: number, to: number) =>
        layers
          .slice(from, to)
          .reduce((h, layer, i) => layer.apply({ weights: weights[from + i]!, buffers: {} }, h, true).y, x);
      const lossFrom = (h: tf.Tensor, from: number) => {
        const [onReal, onFake] = tf.split(apply(h, from, depth + 1), 2) as [tf.Tensor, tf.Tensor];
        return tf.neg(wassersteinEstimate(onReal, onFake));
      };
      const both = tf.concat([real!, tf.add(real!, noise!)]);
      const norms = Array.from({ length: depth }, (_, layer) => {
        const h = apply(both, 0, layer + 1);
        const { gradients } = differentiate({ h }, (at) => ({
          loss: lossFrom(at.h as tf.Tensor, layer + 1),
          extra: {},
        }));
        // The largest number is taken out first, since squares of 1e-30 are zero in float32.
        const largest = tf.max(tf.abs(gradients.h as tf.Tensor));
        const scaled = tf.div(gradients.h as tf.Tensor, tf.maximum(largest, 1e-38));
        return tf.add(tf.log(largest), tf.log(tf.sqrt(tf.sum(tf.square(scaled)))));
      });
      const clipped = clip === undefined ? tf.scalar(0) : clippedShare(weights, clip);
      return { state, outputs: { log10: tf.div(tf.stack(norms), Math.LN10), clipped } };
    },
  };
}

/** What came out for one constraint. */
export interface Outcome {
  readonly name: string;
  /**
   * log10 of the gradient's norm at layers 1 to 12; -Infinity where float32 has no number small
   * enough.
   */
  readonly log10: readonly number[];
  /**
   * Decades by which the norm grows with each layer towards the input, by least squares over the
   * finite ones.
   */
  readonly slope: number;
  readonly clipped: number;
}

/** Trains a critic under a constraint and looks at its gradients. */
export async function study(
  constraint: Constraint,
  engine: Engine,
  steps: number,
  seed: number,
): Promise<Outcome> {
  const { weights } = critic.init(keyOf(seed, 'critic'), [2]);
  const session = engine.open({ weights, slots: constraint.optimizer.init(weights) });
  const program = step(constraint, critic);
  const inputsAt = (index: number, real: Value) => ({
    real,
    noise: normals(keyOf(seed, 'noise', index), [batch, 2]),
    mix: uniforms(keyOf(seed, 'mix', index), [batch, 1]),
    rate: Value.scalar(constraint.optimizer.rate as number),
  });
  const run = new Run();
  const batches = shuffled(swissRoll({ seed }), { size: batch, seed });
  const training$ = pump(batches, run).pipe(
    schedule(() => ({ player: 'critic' })),
    take(steps),
    learn(async ({ index, batch }) => session.run(program, inputsAt(index, batch.examples)), run.gate),
  );
  await run.done(training$);
  const inputs = inputsAt(
    steps,
    swissRoll({ seed }).read(Array.from({ length: batch }, (_, i) => i)).examples,
  );
  const { log10, clipped } = (await session.run(probe(constraint), inputs)) as Record<string, Value>;
  session.close();
  const norms = Array.from(log10!.data);
  return { name: constraint.name, log10: norms, slope: slopeOf(norms), clipped: clipped!.data[0]! };
}

function slopeOf(norms: readonly number[]): number {
  const points = norms.map((y, x) => [x, y] as const).filter(([, y]) => Number.isFinite(y));
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x0, y0] = [mean(0), mean(1)];
  const up = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0);
  return -up / points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const steps = Number(process.argv[2] ?? 1_500);
  const { engine } = await openEngine('auto');
  const outcomes: Outcome[] = [];
  console.log(
    '| critic | log10 norm at layer 1 | at layer 12 | decades a layer towards the input | weights at the bound |',
  );
  console.log('|---|---|---|---|---|');
  for (const constraint of constraints) {
    const outcome = await study(constraint, engine, steps, 1);
    outcomes.push(outcome);
    const { name, log10, slope, clipped } = outcome;
    const bound = constraint.clip === undefined ? '-' : `${(100 * clipped).toFixed(1)} %`;
    console.log(
      `| ${name} | ${log10[0]!.toFixed(2)} | ${log10.at(-1)!.toFixed(2)} | ${slope.toFixed(2)} | ${bound} |`,
    );
  }
  const lines = outcomes.map(({ name, log10 }) => ({
    name,
    points: log10.map((y, i) => [i + 1, y] as const),
  }));
  const axes = { x: 'layer of the critic', y: 'log10 of the norm of the gradient' };
  writeFileSync(
    'docs/figure-1b.svg',
    linePlot(lines, { title: `Swiss roll, ${depth} layers, ${steps} steps`, ...axes }),
  );
}
