import { type Dataset, isCaptioned } from '../../data/index.ts';
import {
  adam,
  bagOfWords,
  concatEmbedding,
  conv2d,
  convCritic,
  convGenerator,
  dense,
  descriptionSize,
  gruReader,
  type Layer,
  leakyRelu,
  matchingAware,
  nonSaturating,
  projection,
  refiner,
  sequential,
  stackGan,
  type TextSource,
  textGan,
  wordCounts,
} from '../../models/index.ts';
import { inOrder, type Phase, phases } from '../../streams/index.ts';
import { choice, real, type ValuesOf, whole } from '../option.ts';
import { recipe } from '../recipe.ts';
import { averageOption, optimizersOf, updateOptions } from './optimizer-options.ts';

/** The options of all recipes that learn from captions. */
const pairOptions = {
  reader: choice(
    'what reads the captions; word-counts learns nothing. Embeddings of the data need none',
    ['word-counts', 'bag-of-words', 'gru'],
    'word-counts',
  ),
  'reader-steps': whole('steps of the phase in which the reader learns', 1_500, { unit: 'steps', min: 1 }),
  'reader-size': whole('numbers by which the reader describes a caption', 32, {
    unit: 'numbers',
    min: 1,
    max: 4096,
  }),
  'reader-rate': real('learning rate of the reader', 1e-3),
  wrong: real('share of real pictures with wrong captions among what the critic refuses (CLS)', 0.5, {
    max: 1,
  }),
  'wrong-captions': choice(
    "what wrong captions are: another example's, or the right ones with one word of another's",
    ['another', 'one-word'],
    'another',
  ),
  ...updateOptions({ beta2: 0.99, average: 0.995 }),
  latent: whole('numbers of noise for each sample', 16, { unit: 'numbers', min: 1, max: 4096 }),
  filters: whole('filters of the widest resolution', 32, { unit: 'filters', min: 1, max: 1024 }),
} as const;

/** The values of those options. */
type TextValues = ValuesOf<typeof pairOptions>;

/** Captions of so many examples are those that samples are drawn for, in turn. */
const drawnCaptions = 4_096;

/**
 * The text side of a dataset: its embeddings where it has some, else its captions with a reader.
 */
function textOf(values: TextValues, dataset: Dataset): TextSource {
  const indices = Array.from({ length: Math.min(drawnCaptions, dataset.size) }, (_, i) => i);
  const embedding = dataset.parts?.embedding?.[0];
  if (embedding !== undefined) return { embedding, examples: dataset.read(indices).parts!.embedding! };
  if (!isCaptioned(dataset))
    throw new RangeError(
      `data: expected data with captions or embeddings, got ${dataset.name}, which has neither`,
    );
  const { tokeniser: tokens } = dataset;
  const wrong = values['wrong-captions'] === 'one-word' ? 'one word' : 'another';
  const shared = { tokens, captions: dataset.captions(indices), wrong } as const;
  if (values.reader === 'word-counts') return { ...shared, reader: wordCounts() };
  const size = values['reader-size'];
  const reader = values.reader === 'gru' ? gruReader(size) : bagOfWords(size);
  return {
    ...shared,
    reader,
    viewer: convCritic({ ...imageOf(dataset), filters: 16, normalisation: undefined, head: dense(size) }),
  };
}

/** The sides of images that the convolutional networks take. */
type Side = 8 | 16 | 28 | 32 | 64;

/** The square images of a dataset. @throws RangeError for others */
function imageOf(
  { name, shape }: Dataset,
  sides: readonly Side[] = [8, 16, 28, 32, 64],
): { readonly size: Side; readonly channels: number } {
  const [height = 0, width = 0, channels = 0] = shape;
  if (height !== width || !sides.includes(height as Side))
    throw new RangeError(
      `data: expected square images of ${sides.join(', ')} pixels, got ${name} of ${width}x${height}`,
    );
  return { size: height as Side, channels };
}

/** The phase in which a reader learns, where there is one that does. */
function readerPhase(source: TextSource, values: TextValues): readonly Phase[] {
  if ('embedding' in source || source.viewer === undefined) return [];
  return [{ name: 'reader', steps: values['reader-steps'], schedule: inOrder(['reader']) }];
}

/** A critic of images by a description, with one of the two heads. */
function textCritic(
  image: ReturnType<typeof imageOf>,
  filters: number,
  size: number,
  head: 'projection' | 'concat',
): Layer {
  const form = { ...image, filters, normalisation: undefined };
  if (head === 'projection') return convCritic({ ...form, head: projection(size) });
  const base = image.size === 28 ? 7 : 4;
  const widest = (filters * image.size) / base / 2;
  const beside = () =>
    sequential([concatEmbedding(size, 24), conv2d(widest, { kernelSize: 1, stride: 1 }), leakyRelu(0.2)]);
  return convCritic({ ...form, between: { [base]: beside } });
}

/** The optimisers of a pair. */
function textOptimizers(values: TextValues) {
  return { reader: adam({ rate: values['reader-rate'] }), ...optimizersOf(values) };
}

const textGanRecipe = recipe({
  name: 'text-gan',
  summary: 'pictures of captions: a critic that also sees real pictures with wrong captions',
  paper: 'Reed et al., Generative Adversarial Text to Image Synthesis, arXiv:1605.05396',
  data: 'shapes:16,held-out',
  options: {
    ...pairOptions,
    'text-size': whole("numbers of the description's embedding in the generator", 24, {
      unit: 'numbers',
      min: 1,
      max: 4096,
    }),
    interpolated: real('weight of captions halfway between two, for the generator (INT)', 0),
    head: choice('how the critic takes the description in', ['projection', 'concat'], 'projection'),
  },
  presets: { images: { steps: 16_000, batch: 64, options: {} } },
  build(values, dataset) {
    const image = imageOf(dataset);
    const text = textOf(values, dataset);
    const size = descriptionSize(text);
    const { wrong, interpolated, latent, filters, head } = values;
    return {
      system: textGan({
        text,
        critic: textCritic(image, filters, size, head),
        generator: convGenerator({
          ...image,
          filters,
          first: [concatEmbedding(size, values['text-size'])],
        }),
        latent,
        loss: matchingAware(nonSaturating(), { wrong, interpolated }),
        optimizers: textOptimizers(values),
        ...averageOption(values),
      }),
      schedule: phases([
        ...readerPhase(text, values),
        { name: 'pictures', schedule: inOrder(['critic', 'generator']) },
      ]),
    };
  },
});

const stackGanRecipe = recipe({
  name: 'stack-gan',
  summary: 'images of captions in two stages: small ones first, then large ones from these',
  paper: 'Zhang et al., StackGAN, arXiv:1612.03242',
  data: 'shapes:32,held-out',
  options: {
    ...pairOptions,
    'stage-one-steps': whole('steps of stage I, after which it is frozen', 12_000, { unit: 'steps', min: 1 }),
    'conditioning-augmentation': whole('numbers of the augmented description', 16, {
      unit: 'numbers',
      min: 1,
      max: 1024,
    }),
    'kl-weight': real('weight of the divergence of the augmented description', 0.02),
    'refiner-filters': whole('filters of the widest resolution in stage II', 16, {
      unit: 'filters',
      min: 1,
      max: 1024,
    }),
    blocks: whole('residual blocks of stage II', 2, { unit: 'blocks', max: 64 }),
  },
  presets: { images: { steps: 24_000, batch: 64, options: {} } },
  build(values, dataset) {
    const image = imageOf(dataset, [16, 32, 64]);
    const small = { ...image, size: (image.size / 2) as 8 | 16 | 32 };
    const text = textOf(values, dataset);
    const size = descriptionSize(text);
    const {
      wrong,
      latent,
      filters,
      'conditioning-augmentation': augment,
      blocks,
      'refiner-filters': wide,
    } = values;
    const stage = (number: 1 | 2) => inOrder([`critic@${number}`, `generator@${number}`]);
    return {
      system: stackGan({
        text,
        augment,
        first: {
          critic: textCritic(small, filters, size, 'projection'),
          generator: convGenerator({ ...small, filters }),
          latent,
        },
        second: {
          critic: textCritic(image, wide, size, 'projection'),
          generator: refiner({ channels: image.channels, filters: wide, blocks, condition: augment }),
        },
        loss: matchingAware(nonSaturating(), { wrong }),
        klWeight: values['kl-weight'],
        optimizers: textOptimizers(values),
        ...averageOption(values),
      }),
      schedule: phases([
        ...readerPhase(text, values),
        { name: 'stage I', steps: values['stage-one-steps'], schedule: stage(1) },
        { name: 'stage II', schedule: stage(2) },
      ]),
    };
  },
});

/** Recipes from sentences to images. */
export const textRecipes = [textGanRecipe, stackGanRecipe];
