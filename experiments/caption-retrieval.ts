// Trains a reader of captions with a viewer of pictures, and lets pictures of pairs of shape and
// colour that were never shown find their captions among the 216 of such pairs.
//   npm run experiment caption-retrieval -- [--seeds 1,2,3] [--steps 1500]
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { captionOf, heldOutPairs, type ShapeAttributes, shapes, shuffled } from 'weir-streams/data';
import { type Engine, openEngine, type Tree, Value } from 'weir-streams/engine';
import {
  adam,
  bagOfWords,
  concatEmbedding,
  convCritic,
  convGenerator,
  dense,
  gruReader,
  matchingAware,
  nonSaturating,
  projection,
  textGan,
  train,
} from 'weir-streams/models';
import { heldOut } from './text-to-image.ts';

const size = 32;
const pictures = 432;
const names = ['shape', 'colour', 'size', 'place'] as const;

/** Shares of pictures whose best caption is right: in each attribute, and in all. */
export type Retrieval = Readonly<Record<(typeof names)[number] | 'top', number>>;

/** What pictures find behind some steps of a reader. */
export async function captionRetrieval(
  kind: 'bag-of-words' | 'gru',
  engine: Engine,
  { seed, steps }: { readonly seed: number; readonly steps: number },
): Promise<Retrieval> {
  const data = shapes({ side: 16, seed, without: heldOutPairs });
  const { tokeniser: tokens } = data;
  const reader = kind === 'gru' ? gruReader(size) : bagOfWords(size);
  const image = { size: 16, channels: 3, filters: 16, normalisation: undefined } as const;
  const viewer = convCritic({ ...image, head: dense(size) });
  const optimizer = adam({ rate: 1e-3 });
  const system = textGan({
    text: { tokens, reader, viewer, captions: heldOut.map(captionOf) },
    critic: convCritic({ ...image, head: projection(size) }),
    generator: convGenerator({ size: 16, channels: 3, filters: 2, first: [concatEmbedding(size, 2)] }),
    latent: 2,
    loss: matchingAware(nonSaturating()),
    optimizers: { reader: optimizer, critic: optimizer, generator: optimizer },
  });
  const trainer = train(system, engine, { seed });
  for (const { index, batch } of shuffled(data, { size: 64, seed })) {
    if (index === steps) break;
    await trainer.step({ index, player: 'reader', batch });
  }
  const { reader: read, viewer: viewed } = trainer.tensors() as Record<string, Tree<Value>>;
  trainer.close();

  const unseen = shapes({ side: 16, seed: seed + 1_000, only: heldOutPairs });
  const indices = Array.from({ length: pictures }, (_, i) => i);
  const all = Int32Array.from(heldOut.flatMap((of) => [...tokens.encode(captionOf(of))]));
  const session = engine.open({ read: read!, viewed: viewed! });
  const { scores } = await session.run(
    {
      name: 'caption-retrieval',
      run(state, inputs) {
        const words = tf.cast(tf.oneHot(inputs.text as tf.Tensor2D, tokens.size), 'float32');
        const described = reader.apply(state.read as never, words, false).y as tf.Tensor2D;
        const seen = viewer.apply(state.viewed as never, inputs.x as tf.Tensor, false).y as tf.Tensor2D;
        return { state, outputs: { scores: tf.matMul(seen, described, false, true) } };
      },
    },
    { text: new Value('int32', [heldOut.length, tokens.length], all), x: unseen.read(indices).examples },
  );
  session.close();
  const { data: table } = scores as Value;
  const found = indices.map((i): ShapeAttributes => {
    const row = table.slice(i * heldOut.length, (i + 1) * heldOut.length);
    return heldOut[row.indexOf(Math.max(...row))]!;
  });
  const truth = unseen.scenes(indices).map(({ attributes }) => attributes);
  const share = (right: (of: ShapeAttributes, is: ShapeAttributes) => boolean) =>
    found.filter((of, i) => right(of, truth[i]!)).length / pictures;
  const each = names.map((name) => [name, share((of, is) => of[name] === is[name])]);
  return {
    ...(Object.fromEntries(each) as Record<(typeof names)[number], number>),
    top: share((of, is) => names.every((name) => of[name] === is[name])),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1,2,3' },
      steps: { type: 'string', default: '1500' },
    },
  });
  const { engine } = await openEngine('auto');
  console.log('| reader | seed | top 1 | shape | colour | size | place |\n|---|---|---|---|---|---|---|');
  for (const kind of ['bag-of-words', 'gru'] as const)
    for (const seed of values.seeds.split(',').map(Number)) {
      const found = await captionRetrieval(kind, engine, { seed, steps: Number(values.steps) });
      const cells = [found.top, ...names.map((name) => found[name])].map((share) => share.toFixed(3));
      console.log(`| \`${kind}\` | ${seed} | ${cells.join(' | ')} |`);
    }
}
