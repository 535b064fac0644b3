import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { fold, type Key, keyOf, Value } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import type { LayerOutput } from '../layers/network.ts';
import { tapOf } from '../layers/tap.ts';
import { type AdversarialLoss, requireSingleScores } from '../losses/adversarial-loss.ts';
import { nonSaturating } from '../losses/non-saturating.ts';
import { type NormalsReading, normalsByAngle } from '../losses/reading-normals.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { System } from '../system.ts';
import type { GeneratorTerm } from '../terms/term.ts';
import type { AverageDecay } from './averages.ts';
import { examplesOf } from './examples-of.ts';
import { game, type PlayerRule } from './game.ts';
import { inputsBy, type Latent } from './latent.ts';
import { oneScore } from './one-score.ts';
import { playersOfPairs } from './players-of-pairs.ts';
import { requireParts, rule } from './require-parts.ts';
import { type Adversary, type Networks, rivals, type StepInputs } from './rivals.ts';

/** The players of an S2-GAN, by phase. */
export const stylePlayers = {
  reader: ['reader'],
  structure: ['critic@structure', 'generator@structure'],
  style: ['critic@style', 'generator@style'],
  together: [
    'joint-critic@structure',
    'joint-generator@structure',
    'joint-critic@style',
    'joint-generator@style',
  ],
} as const;

/** A player of an S2-GAN. */
export type StylePlayer = (typeof stylePlayers)[keyof typeof stylePlayers][number];

/** Options of an S2-GAN. */
export interface StyleStructureOptions {
  /** The part of a batch with the surface normals of its images. @default 'normals' */
  readonly part?: string;
  /** From an image to its normals, [side, side, channels of the reading]. */
  readonly reader: Layer;
  readonly structure: {
    /** From [latent] to normals, [side, side, 3] of length 1, as `unitVectors` gives them. */
    readonly generator: Layer;
    readonly critic: Layer;
    readonly latent: Latent;
  };
  readonly style: {
    /** From normals to an image; the noise is its condition. */
    readonly generator: Layer;
    /** Of normals and image side by side along the channels: one score, or one a patch. */
    readonly critic: Layer;
    readonly latent: Latent;
  };
  /** The shape of one image, [side, side, channels]. */
  readonly shape: readonly number[];
  /**
   * How the normals are read back from what is made, and how much that weighs. @default
   * normalsByAngle()
   */
  readonly reading?: NormalsReading;
  /** Weight of the style's loss in that of the structure, in the last phase. @default 0.1 */
  readonly through?: number;
  /** @default nonSaturating */
  readonly loss?: AdversarialLoss;
  /** Those of the last phase are the paper's at far smaller rates. */
  readonly optimizers: Readonly<Record<'reader' | Adversary | 'joint', Optimizer>>;
  /** Decay of moving averages of the generators' weights. @default none */
  readonly average?: AverageDecay;
}

/**
 * A GAN of surface normals, and one from normals to images, whose normals a network must be able to
 * read back: S2-GAN. Wang and Gupta, https://arxiv.org/abs/1603.05631.
 *
 * Players: `reader` learns to read normals from images and rests afterwards; `critic@structure` and
 * `generator@structure` learn to make normals; `critic@style` and `generator@style` to make images
 * of true ones; those named `joint-` train the same networks together, the style on normals that
 * the structure makes, and its loss goes on into the structure. Events report `loss`, the gauges of
 * the adversarial loss, `diversity` (critics) and `normalsError` (reader and style's generator),
 * and the mark `stage`, 0 before the first step of the style: samples are then the normals,
 * afterwards the images.
 * @throws RangeError naming the option that is wrong
 */
export function styleStructure(options: StyleStructureOptions): System<StylePlayer> {
  const name = 'style-structure';
  const pairParts = rule.group({ generator: rule.layer, critic: rule.layer, latent: rule.noise });
  requireParts(name, options, {
    reader: rule.layer,
    structure: pairParts,
    style: pairParts,
    shape: rule.shape,
    optimizers: rule.optimizers('reader', 'critic', 'generator', 'joint'),
  });
  const { reader, structure, style, shape, optimizers, average, part = 'normals' } = options;
  requireSingleScores('style-structure: loss', options.loss ?? nonSaturating());
  const { loss = nonSaturating(), reading = normalsByAngle(), through = 0.1 } = options;
  finiteNumber(`${name}: through`, through, 0);
  const specs = checked(name, options, reading.channels);
  const { normalsShape, structureShape } = specs;

  const enlarged = (normals: tf.Tensor) => resized(normals, shape[0]!);
  const readBack: GeneratorTerm = {
    name: 'normals read back',
    add({ networks: all, made }) {
      const read = all.reader!.settled(tapOf(made.taps, 'image')).y;
      const normalsError = reading.error(read, tapOf(made.taps, 'normals'));
      return { loss: tf.mul(reading.weight, normalsError), values: { normalsError } };
    },
  };
  /** An image of normals, beside these. */
  const painted = (all: Networks, normals: tf.Tensor, { styleNoise }: StepInputs): LayerOutput => {
    const image = all['generator@style']!(normals, styleNoise).y;
    return { y: tf.concat([normals, image], -1), taps: { normals, image } };
  };
  const beside = (examples: tf.Tensor, { normals }: StepInputs) => tf.concat([normals!, examples], -1);
  const structured = (all: Networks, { noise }: StepInputs) => all['generator@structure']!(noise!);
  const styleLoss: GeneratorTerm = {
    name: 'loss of the style',
    add(scene) {
      const made = painted(scene.networks, enlarged(scene.made.y), scene.inputs);
      const judged = loss.generator(scene.networks['critic@style']!(made.y).y);
      const read = readBack.add({ ...scene, made });
      return { loss: tf.mul(through, tf.add(judged, read.loss)), values: { styleLoss: judged } };
    },
  };

  const pair = (at: 'structure' | 'style', joint: boolean) => {
    const rates = joint ? { critic: optimizers.joint, generator: optimizers.joint } : optimizers;
    const shared = {
      name,
      loss,
      critic: { trains: [`critic@${at}`], optimizer: rates.critic },
      generator: { trains: [`generator@${at}`], optimizer: rates.generator },
    };
    if (at === 'structure')
      return rivals({
        ...shared,
        make: structured,
        real: (_, { normals }) => resized(normals!, structureShape[0]!),
        terms: joint ? [styleLoss] : [],
      });
    return rivals({
      ...shared,
      make: (all, inputs) => {
        const normals = joint
          ? enlarged(all['generator@structure']!.settled(inputs.noise!).y)
          : inputs.normals!;
        return painted(all, normals, inputs);
      },
      real: beside,
      terms: [readBack],
    });
  };
  const readerRule: PlayerRule<string, string> = {
    trains: ['reader'],
    optimizer: optimizers.reader,
    loss(all, { real, normals }) {
      const normalsError = reading.error(all.reader!(real!).y, normals!);
      return { loss: normalsError, values: { normalsError } };
    },
  };
  const { players, roles } = playersOfPairs(
    [false, true].flatMap((joint) =>
      (['structure', 'style'] as const).map((at) => ({
        at,
        prefix: joint ? 'joint-' : '',
        pair: pair(at, joint),
        stage: joint || at === 'style' ? 1 : 0,
      })),
    ),
  );
  const noises = (count: number, key: Key, first = 0) => ({
    noise: structure.latent.draw(count, fold(key, 'structure'), first),
    styleNoise: style.latent.draw(count, fold(key, 'style'), first),
  });

  return game<string, StylePlayer, string>({
    name,
    networks: {
      reader: { layer: reader, input: shape, inputs: { condition: 0 } },
      'generator@structure': {
        layer: structure.generator,
        input: [structure.latent.size],
        inputs: inputsBy(structure.latent, 0),
      },
      'critic@structure': { layer: structure.critic, input: structureShape, inputs: { condition: 0 } },
      'generator@style': {
        layer: style.generator,
        input: normalsShape,
        inputs: { condition: style.latent.size },
      },
      'critic@style': { layer: style.critic, input: specs.besideShape, inputs: { condition: 0 } },
    },
    players: { reader: readerRule, ...players } as Record<StylePlayer, PlayerRule<string, string>>,
    ...(average !== undefined && {
      average: [
        { of: 'generator@structure', decay: average },
        { of: 'generator@style', decay: average },
      ],
    }),
    marks: { stage: 0 },
    inputs({ batch, player }, key) {
      const { examples, count, parts } = examplesOf(name, batch, shape, { [part]: normalsShape });
      const given = { real: examples, normals: parts[part]! };
      const role = roles.get(player);
      return role ? { ...given, ...noises(count, key), stage: Value.scalar(role.stage) } : given;
    },
    sample(all, inputs) {
      const normals = enlarged(structured(all, inputs).y);
      const image = all['generator@style']!(normals, inputs.styleNoise).y;
      return tf.add(tf.mul(tf.sub(1, inputs.stage!), normals), tf.mul(inputs.stage!, image));
    },
    samplerInputs: noises,
    noise: { noise: structure.latent, styleNoise: style.latent },
  });
}

/** Normals at another side, of length 1 again: the same where the side is theirs. */
function resized(normals: tf.Tensor, side: number): tf.Tensor {
  if (normals.shape[1] === side) return normals;
  const y = tf.image.resizeBilinear(normals as tf.Tensor4D, [side, side], false, true);
  return tf.mul(y, tf.rsqrt(tf.add(tf.sum(tf.square(y), -1, true), 1e-12)));
}

/** The shapes of a stack of networks that fit together. @throws RangeError */
function checked(name: string, options: StyleStructureOptions, read: number) {
  const { reader, structure, style, shape } = options;
  const [height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 3 || height !== width || channels !== 3)
    throw new RangeError(`${name}: shape: expected square images of 3 channels, got [${shape}]`);
  const key = keyOf(0);
  const expectShape = (what: string, got: readonly number[], expected: readonly number[]) => {
    if (got.join() !== expected.join())
      throw new RangeError(`${name}: ${what}: expected [${expected}], got [${got}]`);
  };
  const normalsShape = [height, width, 3];
  expectShape('reader', reader.init(key, shape, { condition: 0 }).shape, [height, width, read]);
  const structureShape = structure.generator.init(
    key,
    [structure.latent.size],
    inputsBy(structure.latent, 0),
  ).shape;
  const [side = 0] = structureShape;
  expectShape('generator of the structure', structureShape, [side, side, 3]);
  if (side === 0 || height % side !== 0)
    throw new RangeError(
      `${name}: generator of the structure: expected a side that divides ${height}, got ${side}`,
    );
  oneScore(name, structure.critic, structureShape, { condition: 0 });
  const made = style.generator.init(key, normalsShape, { condition: style.latent.size }).shape;
  expectShape('generator of the style', made, shape);
  const besideShape = [height, width, 3 + channels];
  oneScore(name, style.critic, besideShape, { condition: 0 });
  return { normalsShape, structureShape, besideShape };
}
