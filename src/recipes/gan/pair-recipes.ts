import type { Dataset, ExampleBatch } from '../../data/index.ts';
import { fold, integer, type Key } from '../../engine/index.ts';
import {
  cycleGan,
  gaussian,
  type ImageNormalisation,
  type Layer,
  leakyRelu,
  mlpCritic,
  mlpGenerator,
  noiseMap,
  patchCritic,
  pix2pix,
  plainTranslator,
  residualTranslator,
  type Sources,
  torchInitial,
  uNet,
  uNetDepth,
} from '../../models/index.ts';
import { inOrder } from '../../streams/index.ts';
import { choice, real, whole } from '../option.ts';
import { recipe } from '../recipe.ts';
import { averageOption, optimizersOf, updateOptions } from './optimizer-options.ts';

const shared = {
  ...updateOptions(),
  filters: whole('filters of the first convolution (images)', 24, { unit: 'filters', min: 1, max: 1024 }),
} as const;

/** Of an endless dataset, sources to draw samples of are taken below this index. */
const mostEndless = 2 ** 31;

/** Sources beside the examples of a dataset, and the examples that belong to those drawn. */
interface DrawnSources extends Sources {
  batch(count: number, key: Key, first?: number): ExampleBatch;
}

/** What the examples of a dataset are made from: the first of these parts that it has. */
function sourcesOf(dataset: Dataset, parts: readonly string[], wanted: string): DrawnSources {
  const part = parts.find((name) => dataset.parts?.[name] !== undefined);
  if (part === undefined) throw new RangeError(`data: expected ${wanted}, got ${dataset.name}`);
  const batch = (count: number, key: Key, first = 0) =>
    dataset.read(
      Array.from({ length: count }, (_, i) =>
        integer(fold(key, first + i), Math.min(dataset.size, mostEndless)),
      ),
    );
  return {
    part,
    shape: dataset.parts![part]!,
    draw: (count, key, first) => batch(count, key, first).parts![part]!,
    batch,
  };
}

/** The smaller side of images. @throws RangeError for images that no critic of patches takes */
function smallerSide({ name, shape: [height = 0, width = 0] }: Dataset): number {
  const side = Math.min(height, width);
  if (side >= 8) return side;
  throw new RangeError(
    `data: expected images of at least 8 pixels a side, got ${name} of ${width}x${height}`,
  );
}

const normalisation = (fallback: ImageNormalisation) =>
  choice('behind the convolutions of the generator (images)', ['none', 'batch', 'instance'], fallback);

/** Recipes from images to images, with pairs and without. */
export const pairRecipes = [
  recipe({
    name: 'pix2pix',
    summary: 'from image to image by pairs: an L1 pull, and a critic that judges patches of both',
    paper: 'Isola et al., Image-to-Image Translation with Conditional Adversarial Networks, arXiv:1611.07004',
    data: 'scenes:16',
    options: {
      ...shared,
      generator: choice(
        'u-net, or plain 3x3 convolutions; by-side takes plain ones below 28 pixels',
        ['by-side', 'u-net', 'plain'],
        'by-side',
      ),
      distance: real('weight of the L1 distance (lambda); 10 where the source leaves much open', 100),
      noise: whole('maps of noise beside the source; 0 for none', 1, { unit: 'maps', max: 64 }),
      normalisation: normalisation('batch'),
    },
    presets: { images: { steps: 4_000, batch: 32, options: {} } },
    build(values, dataset) {
      const { distance, noise, filters, normalisation } = values;
      const sources = sourcesOf(
        dataset,
        ['source', 'normals'],
        'pairs (pairs:DIR), or scenes, whose normals are the sources',
      );
      const [height = 0, width = 0, channels = 0] = dataset.shape;
      const side = smallerSide(dataset);
      if (sources.shape.slice(0, -1).join() !== dataset.shape.slice(0, -1).join())
        throw new RangeError(
          `data: expected sources and examples of equal sides, got [${sources.shape}] and ` +
            `[${dataset.shape}]; a size behind the folder scales both (pairs:DIR,N)`,
        );
      const first = noise > 0 ? [noiseMap(noise)] : [];
      const options = { channels, filters, normalisation, first };
      const plain = values.generator === 'plain' || (values.generator === 'by-side' && side < 28);
      const system = pix2pix({
        sources,
        critic: patchCritic({ side, filters }),
        generator: plain
          ? plainTranslator({ ...options, normalisation: 'none', convolutions: 3 })
          : uNet({ ...options, depth: Math.max(1, uNetDepth(height, width)) }),
        ...(noise > 0 && { latent: gaussian(height * width * noise) }),
        distance,
        optimizers: optimizersOf(values),
        ...averageOption(values),
      });
      return {
        system,
        schedule: inOrder(['critic', 'generator']),
        beside(count, key) {
          const { examples, parts } = sources.batch(count, fold(key, 'source'));
          return { before: [parts![sources.part]!], after: [examples] };
        },
      };
    },
  }),
  recipe({
    name: 'cycle-gan',
    summary: 'from set to set without pairs: two generators that undo each other, a critic for each',
    paper: 'Zhu et al., Unpaired Image-to-Image Translation, arXiv:1703.10593',
    data: 'unpaired:scenes:16+shapes:16',
    options: {
      ...shared,
      cycle: real('weight of the distance after going there and back (lambda)', 10),
      identity: real(
        'weight of leaving alone what is of the wanted kind already, as a share of cycle; equal shapes only',
        0,
      ),
      history: whole('made examples that the critics are shown again, at least a batch; 0 for none', 50, {
        unit: 'images',
        max: 65_536,
      }),
      blocks: whole('residual blocks of a generator (images)', 2, { unit: 'blocks', max: 64 }),
      normalisation: normalisation('none'),
      width: whole('units of a hidden layer (points)', 64, { unit: 'units', min: 1, max: 8192 }),
      depth: whole('hidden layers (points)', 2, { unit: 'layers', min: 1, max: 64 }),
    },
    presets: {
      points: { steps: 6_000, batch: 64, options: { history: 512 } },
      images: { steps: 6_000, batch: 16, options: { filters: 16 } },
    },
    build(values, dataset) {
      const { cycle, identity, history, filters, blocks, normalisation } = values;
      const sources = sourcesOf(dataset, ['other'], 'two sets beside each other (unpaired:A+B)');
      const [a, b] = [sources.shape, dataset.shape];
      if (a.length !== b.length || (a.length > 1 && a.slice(0, -1).join() !== b.slice(0, -1).join()))
        throw new RangeError(
          `data: expected two sets of points, or of images of equal sides, got [${b}] and [${a}]`,
        );
      const networks = (shape: readonly number[]): { generator: Layer; critic: Layer } => {
        if (shape.length === 1) {
          const { width, depth } = values;
          // With He's larger first values fewer points come back to where they were.
          const form = { width, depth, activation: () => leakyRelu(0.2), initial: torchInitial };
          return { generator: mlpGenerator({ ...form, outputs: shape[0]! }), critic: mlpCritic(form) };
        }
        const channels = shape.at(-1)!;
        return {
          generator: residualTranslator({ channels, filters, blocks, normalisation }),
          critic: patchCritic({ side: smallerSide({ ...dataset, shape }), filters }),
        };
      };
      const { critic, generator } = optimizersOf(values);
      const system = cycleGan({
        sources,
        source: networks(sources.shape),
        target: networks(dataset.shape),
        cycle,
        identity,
        history,
        optimizers: { generators: generator, critics: critic },
        ...averageOption(values),
      });
      return {
        system,
        schedule: inOrder(['generators', 'critics']),
        beside: (count, key) => ({ before: [sources.draw(count, fold(key, 'source'))], after: [] }),
      };
    },
  }),
];
