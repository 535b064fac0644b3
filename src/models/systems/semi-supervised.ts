import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, wholeNumber } from '../../base/index.ts';
import { fold, keyOf, normals, type Program, permutation, type Tree, Value } from '../../engine/index.ts';
import type { Layer, Parameters } from '../layers/layer.ts';
import { network } from '../layers/network.ts';
import { tapOf } from '../layers/tap.ts';
import { classAccuracy, crossEntropy } from '../losses/cross-entropy.ts';
import { realLogit, unsupervisedLoss } from '../losses/k-plus-one.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Batch, System } from '../system.ts';
import type { AverageDecay } from './averages.ts';
import { oneHot } from './conditioning.ts';
import { examplesOf } from './examples-of.ts';
import { game } from './game.ts';
import { inputsBy, type Latent, latentOf, noiseAlone } from './latent.ts';
import { requireParts, rule } from './require-parts.ts';
import type { Adversary } from './rivals.ts';

/** What makes a semi-supervised GAN. */
export interface SemiSupervisedOptions {
  /**
   * The classifier: from one example to [classes] logits. Shows `features`, which the generator
   * matches.
   */
  readonly critic: Layer;
  readonly generator: Layer;
  readonly latent: number | Latent;
  readonly optimizers: Readonly<Record<Adversary, Optimizer>>;
  /** The few examples whose labels are known. The batches of the stream are taken as unlabelled. */
  readonly labelled: Required<Omit<Batch, 'parts'>>;
  /** How many of them a step of the critic sees. @default 100, or all where there are fewer */
  readonly labelledSize?: number;
  /**
   * Deviation of the noise that is added before the critic's first layer during training: on
   * labelled, real and fake examples, each with noise of its own, in the steps of both players. The
   * classifier and samples have none. @default 0
   */
  readonly blur?: number;
  /**
   * Weight of what the critic learns from examples without labels; 0 leaves a classifier of the few
   * alone. @default 1
   */
  readonly unlabelledWeight?: number;
  /** Decay of a moving average of the classifier, which `classifier` then uses. @default none */
  readonly average?: AverageDecay;
}

/** Those who have noise on them where the critic sees them. */
type Blurred = 'labelled' | 'real' | 'fake';

/** The system, and the classifier that it is all about. */
export interface SemiSupervised extends System<Adversary> {
  /**
   * Input `examples`, [count, ...shape]; output `logits`, [count, classes]. For a session with the
   * state of the system.
   */
  readonly classifier: Program;
}

/**
 * A classifier that learns from a few labels and many examples without: it must also tell real
 * examples, of any class, from fake ones, which a generator makes by feature matching. Salimans et
 * al., "Improved Techniques for Training GANs", https://arxiv.org/abs/1606.03498, section 5, with
 * the logit of the class "fake" fixed at 0; of the noise that its code has before every layer of
 * the critic, only that before the first.
 *
 * The critic's events report `loss`, `classLoss`, `classAccuracy` (on labelled examples),
 * `realProbability` and `fakeProbability`; the generator's `loss` and `featureDistance`.
 * @throws RangeError naming the option that is wrong
 */
export function semiSupervised(options: SemiSupervisedOptions): SemiSupervised {
  const name = 'semi-supervised';
  requireParts(name, options, {
    critic: rule.layer,
    generator: rule.layer,
    latent: rule.latent,
    labelled: rule.group({ examples: rule.value, labels: rule.value }),
    optimizers: rule.optimizers('critic', 'generator'),
  });
  const { critic, generator, optimizers, labelled, average, blur = 0, unlabelledWeight = 1 } = options;
  const latent = latentOf(name, options.latent);
  finiteNumber(`${name}: blur`, blur, 0);
  finiteNumber(`${name}: unlabelledWeight`, unlabelledWeight, 0);
  const { shape, classes } = checkedShapes(name, options, latent);
  const total = examplesOf(name, labelled, shape).count;
  const size = wholeNumber(`${name}: labelledSize`, options.labelledSize ?? Math.min(100, total), 1, total);
  const known = oneHot(labelled.labels.data, classes);

  type Input = 'real' | 'noise' | 'labelled' | 'classes' | `blur of ${Blurred}`;
  const system = game<Adversary, Adversary, Input>({
    name,
    networks: {
      critic: { layer: critic, input: shape, inputs: { condition: 0 } },
      generator: { layer: generator, input: [latent.size], inputs: inputsBy(latent, 0) },
    },
    players: {
      critic: {
        trains: ['critic'],
        optimizer: optimizers.critic,
        loss({ critic, generator }, inputs) {
          const guesses = critic(blurred(inputs.labelled, inputs['blur of labelled'])).y;
          const real = critic(blurred(inputs.real, inputs['blur of real'])).y;
          const fake = critic(blurred(generator(inputs.noise).y, inputs['blur of fake'])).y;
          const supervised = crossEntropy(guesses, inputs.classes);
          const believed = (logits: tf.Tensor) => tf.mean(tf.sigmoid(realLogit(logits)));
          return {
            loss: tf.add(supervised, tf.mul(unlabelledWeight, unsupervisedLoss(real, fake))),
            values: {
              classLoss: supervised,
              classAccuracy: classAccuracy(guesses, inputs.classes),
              realProbability: believed(real),
              fakeProbability: believed(fake),
            },
          };
        },
      },
      generator: {
        trains: ['generator'],
        optimizer: optimizers.generator,
        loss({ critic, generator }, inputs) {
          const features = (x: tf.Tensor) => tf.mean(tapOf(critic(x).taps, 'features'), 0);
          const real = features(blurred(inputs.real, inputs['blur of real']));
          const fake = features(blurred(generator(inputs.noise).y, inputs['blur of fake']));
          const loss = tf.mean(tf.square(tf.sub(real, fake)));
          return { loss, values: { featureDistance: loss } };
        },
      },
    },
    ...(average !== undefined && { average: { of: 'critic', decay: average } }),
    inputs({ batch, player }, key) {
      const { examples, count } = examplesOf(name, batch, shape);
      const blurOf = (what: Blurred, examples: number) => {
        const name = `blur of ${what}` as const;
        return blur === 0 ? {} : { [name]: normals(fold(key, name), [examples, ...shape], blur) };
      };
      const both = {
        real: examples,
        noise: latent.draw(count, fold(key, 'noise')),
        ...blurOf('real', count),
        ...blurOf('fake', count),
      };
      if (player === 'generator') return both;
      const chosen = permutation(fold(key, 'labelled'), total).subarray(0, size);
      return {
        ...both,
        ...blurOf('labelled', size),
        classes: rows(known, chosen),
        labelled: rows(labelled.examples, chosen),
      };
    },
    sample: ({ generator }, { noise }) => generator(noise).y,
    ...noiseAlone(latent),
  });

  return { ...system, classifier: classifierOf(name, critic) };
}

function classifierOf(name: string, critic: Layer): Program {
  return {
    name: `${name}/classifier`,
    run(state, { examples }) {
      const { weights, buffers } = state.critic as Tree<tf.Tensor> & Parameters;
      const averaged = (state.average ?? weights) as Tree<tf.Tensor>;
      const classify = network(critic, { weights: averaged, buffers }, false);
      return { state, outputs: { logits: classify(examples as tf.Tensor).y } };
    },
  };
}

function checkedShapes(name: string, { critic, generator }: SemiSupervisedOptions, latent: Latent) {
  const { shape } = generator.init(keyOf(0), [latent.size], { condition: 0 });
  const scored = critic.init(keyOf(0), shape, { condition: 0 });
  const [classes = 0] = scored.shape;
  if (scored.shape.length !== 1 || classes < 2)
    throw new RangeError(`${name}: critic: expected logits of at least two classes, got [${scored.shape}]`);
  if (scored.taps?.features === undefined)
    throw new RangeError(`${name}: critic: expected one that shows its features, got one that shows none`);
  return { shape, classes };
}

/** Some rows of a value, [count, ...]. */
function rows({ dtype, data, shape }: Value, chosen: Uint32Array): Value {
  const width = shape.slice(1).reduce((product, side) => product * side, 1);
  const out = data.slice(0, chosen.length * width) as Value['data'];
  chosen.forEach((row, at) => {
    out.set(data.subarray(row * width, (row + 1) * width) as never, at * width);
  });
  return new Value(dtype, [chosen.length, ...shape.slice(1)], out);
}

/** What the critic's first layer sees. */
function blurred(examples: tf.Tensor, noise?: tf.Tensor): tf.Tensor {
  return noise === undefined ? examples : tf.add(examples, noise);
}
