import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { differentiate, type Tree, Value } from '../../../src/engine/index.ts';
import {
  crossEntropy,
  dense,
  gradientPenalty,
  minibatchDeviation,
  minibatchDiscrimination,
  minimax,
  nonSaturating,
  normalDivergence,
  realLogit,
  spectralNorm,
} from '../../../src/models/index.ts';
import { recipes } from '../../../src/recipes/index.ts';
import { judged, scores } from '../losses/judged.ts';
import { applied, compute, noise } from '../support.ts';

const folder = join(import.meta.dirname, '../../../docs/systems');
/** By name, with the line breaks of its sentences as spaces. */
const pages = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name.replace('.md', ''), readFileSync(join(folder, name), 'utf8').replace(/\s+/g, ' ')]),
);

/** A number as the pages print it: without a leading zero where told. */
const printed = (value: number, digits: number) => value.toFixed(digits);
const bare = (value: number, digits: number) => printed(value, digits).replace(/^(-?)0\./, '$1.');

/** The singular values that power iteration finds for W, [outputs, inputs], use after use. */
function sigmas(uses: number): string[] {
  const layer = spectralNorm(dense(2));
  // A kernel is the transpose of W = [[3, 0], [4, 5]].
  const weights = { kernel: Value.of([3, 4, 0, 5], [2, 2]), bias: Value.of([0, 0]) };
  let buffers: Tree<Value> = { power: { kernel: { u: Value.of([1, 0]), sigma: Value.scalar(1) } } };
  return Array.from({ length: uses }, () => {
    const use = { training: true, initial: { weights, buffers } };
    ({ buffers } = applied(layer, noise('x', [1, 2]), use));
    const { sigma } = (buffers.power as unknown as { kernel: { sigma: Value } }).kernel;
    return printed(sigma.data[0]!, 5).replace(/\.0+$/, '');
  });
}

/** What minibatch discrimination puts beside the features 0, 1 and 3, with a kernel of 1. */
function nearness(): number[] {
  const layer = minibatchDiscrimination({ rows: 1, columns: 1 });
  const initial = { weights: { kernel: Value.of([1], [1, 1]) }, buffers: {} };
  const { y } = applied(layer, Value.of([0, 1, 3], [3, 1]), { initial });
  return [y.data[1]!, y.data[3]!, y.data[5]!];
}

/** The loss of a critic s x between points 0 (fake) and d (real), and its derivative by s. */
function betweenPoints(d: number, lambda: number, s: number) {
  const term = gradientPenalty(lambda);
  return compute({ s: Value.of([s], [1, 1]) }, ({ s }) =>
    differentiate({ s }, (at) => {
      const frozen = (x: tf.Tensor) => ({ y: tf.matMul(x as tf.Tensor2D, at.s as tf.Tensor2D), taps: {} });
      const [real, fake] = [tf.tensor2d([[d]]), tf.tensor2d([[0]])];
      const gap = tf.sub(tf.mean(frozen(fake).y), tf.mean(frozen(real).y));
      const scene = { critic: { frozen }, real, fake, inputs: { mix: tf.tensor2d([[0.4]]) } };
      return { loss: tf.add(gap, term.add(scene as never).loss), extra: {} };
    }),
  );
}

/** Sentences of the pages with numbers in them that the code must give. */
const sentences: readonly (readonly [page: string, sentence: () => string])[] = [
  ['sn-gan', () => `For W = [[3, 0], [4, 5]] from u = (1, 0): sigma = ${sigmas(5).join(', ')}.`],
  [
    'cgan',
    () => {
      const row = (...numbers: number[]) => Value.of(numbers, [1, 2]);
      const { kl } = compute({ mean: row(1, -0.5), log: row(0.2, -0.3) }, ({ mean, log }) => ({
        kl: normalDivergence(mean as tf.Tensor2D, log as tf.Tensor2D),
      }));
      return `For mu = (1, -.5), log sigma = (.2, -.3) that is ${bare(kl.data[0]!, 6)}.`;
    },
  ],
  [
    'minibatch-discrimination',
    () => {
      const near = nearness();
      const sums = near.map((value) => bare(2 * value, 6)).join(', ');
      return `For M = 0, 1, 3 with B = C = 1: o = ${near.map((value) => bare(value, 6)).join(', ')}, half of the sums ${sums}.`;
    },
  ],
  [
    'minibatch-deviation',
    () => {
      const { y } = applied(minibatchDeviation(), Value.of([3, 3, 3, 3], [4, 1]));
      return `A batch of equal examples has s = ${Number(y.data[1]!.toPrecision(3)).toExponential()}.`;
    },
  ],
  [
    'gan',
    () => {
      const slope = judged(minimax(), scores(0), scores(-10)).generatorByFake[0]!;
      return `near 0 there (at b = -10: ${slope.toExponential(1)})`;
    },
  ],
  [
    'label-smoothing',
    () => {
      const at = (score: number) => judged(nonSaturating({ smoothing: 0.1 }), scores(score), scores(score));
      let [low, high] = [-2, 2];
      for (let halving = 0; halving < 40; halving++) {
        const middle = (low + high) / 2;
        const { byReal, byFake } = at(middle);
        [low, high] = byReal[0]! + byFake[0]! < 0 ? [middle, high] : [low, middle];
      }
      const says = printed(1 / (1 + Math.exp(-low)), 2);
      return `the best critic says ${says}, a score of log(0.45/0.55) = ${printed(low, 4)}.`;
    },
  ],
  [
    'info-gan',
    () => {
      const [eight, ten] = [8, 10].map((categories) => {
        const classes = Value.of(
          Array.from({ length: categories }, (_, i) => Number(i === 0)),
          [1, categories],
        );
        const logits = Value.filled([1, categories], 0);
        const { loss } = compute({ classes, logits }, ({ classes, logits }) => ({
          loss: crossEntropy(logits, classes),
        }));
        return printed(loss.data[0]!, 4);
      });
      return `at most ln(categories): ${eight} for 8, ${ten} for 10`;
    },
  ],
  [
    'semi-supervised',
    () => {
      const logits = Value.of([1, 2, 3], [1, 3]);
      const { lse, real } = compute({ logits }, ({ logits }) => ({
        lse: realLogit(logits),
        real: tf.sigmoid(realLogit(logits)),
      }));
      return `For l = (1, 2, 3): ln Z = ${printed(lse.data[0]!, 6)}, so that the probability of being real is ${printed(real.data[0]!, 6)}.`;
    },
  ],
];

type Matrix = readonly (readonly number[])[];
const times = (matrix: Matrix, x: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, weight, i) => sum + weight * x[i]!, 0));
/** What a page says of Adam, itself or by its link to the section that systems share. */
function beta1Of(text: string): number | undefined {
  const found = /with beta1 (\d+(?:\.\d+)?)/.exec(text)?.[1];
  if (found !== undefined) return Number(found);
  return text.includes('gan.md#networks-and-optimisers') ? beta1Of(pages.get('gan')!) : undefined;
}
const transposed = (matrix: Matrix): Matrix => matrix[0]!.map((_, i) => matrix.map((row) => row[i]!));
const unit = (x: readonly number[]) => x.map((each) => each / Math.hypot(...x));

describe('a page of docs/systems', () => {
  it('sn-gan: has its numbers from its own equations', () => {
    expect(pages.get('sn-gan')).toContain('v = W^T u / ||W^T u||, u = W v / ||W v||, sigma = u^T W v,');
    const matrix = [
      [3, 0],
      [4, 5],
    ];
    let u: readonly number[] = [1, 0];
    const found = sigmas(5).map(() => {
      const v = unit(times(transposed(matrix), u));
      u = unit(times(matrix, v));
      return printed(
        times(matrix, v).reduce((sum, each, i) => sum + each * u[i]!, 0),
        5,
      );
    });
    expect(found).toEqual(sigmas(5).map((sigma) => printed(Number(sigma), 5)));
  });

  it.each(sentences)('%s: prints what the code computes', (page, sentence) => {
    expect(pages.get(page)).toContain(sentence());
  });

  it('wgan-gp: states the best slope between two points, and its loss', () => {
    expect(pages.get('wgan-gp')).toContain(
      'Between two points at distance d the best slope is 1 + d / (2 lambda), the loss -(d + d^2 / (4 lambda)).',
    );
    for (const [d, lambda] of [
      [3, 10],
      [0.5, 0.1],
    ] as const) {
      const { loss, gradients } = betweenPoints(d, lambda, 1 + d / (2 * lambda));
      expect(gradients.s.data[0]!).toBeCloseTo(0, 4);
      expect(loss.data[0]!).toBeCloseTo(-(d + d ** 2 / (4 * lambda)), 4);
    }
  });

  it('says which beta1 its recipe has', () => {
    const told = [...pages].flatMap(([page, text]) => {
      const beta1 = beta1Of(text);
      return beta1 === undefined ? [] : [[page, beta1] as const];
    });
    expect(told.length).toBeGreaterThan(15);
    for (const [page, beta1] of told) {
      const recipe = recipes.find(({ name }) => name === page);
      if (recipe?.kind !== 'gan') throw new Error(`${page}: no recipe of the name`);
      for (const preset of Object.values(recipe.presets)) {
        const { fallback: shared } = recipe.options.beta1!;
        expect((preset?.options as { beta1?: number } | undefined)?.beta1 ?? shared, page).toBe(beta1);
      }
    }
  });
});
