// Draws where the generator of a SAGAN attends: for each of some samples, the attention of four
// query positions (marked white) over all positions.
//   npm run experiment attention-maps RUN [FILE.png]
import { writeFileSync } from 'node:fs';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type Program, type Tree, Value } from 'weir-streams/engine';
import type { Parameters } from 'weir-streams/models';
import { imageGrid } from 'weir-streams/plots';
import { loadRun } from 'weir-streams/runs';
import { bodiesOf, type GanValues } from '../src/recipes/gan/gan-options.ts';
import { saganNetworks } from '../src/recipes/gan/image-recipes.ts';

const [path, out = 'attention.png'] = process.argv.slice(2);
if (path === undefined)
  throw new TypeError('attention-maps: expected the directory of a run of sagan, got none');
const { config, trainer, dataset, engine } = await loadRun(path, { kind: 'gan' });
if (config.recipe !== 'sagan')
  throw new TypeError(`attention-maps: expected a run of sagan, got one of ${config.recipe}`);

const [side = 0, , channels = 0] = dataset.shape;
const options = config.options as unknown as GanValues & { readonly 'attention-at': number };
const { generator } = saganNetworks(bodiesOf(options, dataset), dataset, options['attention-at']);
const look: Program = {
  name: 'attention',
  run(state, { noise, condition }) {
    const { buffers, weights } = state.generator as Tree<Tensor> & Parameters;
    const averaged = { weights: (state.average ?? weights) as Tree<Tensor>, buffers };
    const { y, taps } = generator.apply(averaged, noise as Tensor, false, condition as Tensor | undefined);
    return { state, outputs: { samples: y, attention: taps!.attention!, gamma: taps!.attentionGamma! } };
  },
};

const shown = 5;
const inputs = trainer.system.samplerInputs(shown, { high: 1, low: 2 });
const { generator: state, average } = trainer.tensors();
const session = engine.open({ generator: state!, ...(average && { average }) });
const { samples, attention, gamma } = (await session.run(look, inputs)) as Record<
  'samples' | 'attention' | 'gamma',
  Value
>;
session.close();
trainer.close();

const positions = attention.shape[1]!;
const grid = Math.sqrt(positions);
const scale = side / grid;
/** Query points: three quarters up and down, left and right. */
const queries = [0.25, 0.75].flatMap((y) =>
  [0.25, 0.75].map((x) => Math.floor(y * grid) * grid + Math.floor(x * grid)),
);

/** An image as it is, or a map of one number a position, brightest where it looks most. */
function picture(of: (x: number, y: number, channel: number) => number): number[] {
  return Array.from({ length: side * side * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    return of(pixel % side, Math.floor(pixel / side), i % channels);
  });
}

const pictures = Array.from({ length: shown }, (_, image) => {
  const sample = samples.data.subarray(image * side * side * channels);
  const maps = queries.map((query) => {
    const row = attention.data.subarray((image * positions + query) * positions).subarray(0, positions);
    const most = Math.max(...row);
    return picture((x, y) => {
      const position = Math.floor(y / scale) * grid + Math.floor(x / scale);
      return position === query ? 1 : (1.6 * row[position]!) / most - 1;
    });
  });
  return [picture((x, y, channel) => sample[(y * side + x) * channels + channel]!), ...maps];
});
const all = pictures.flat(2);
writeFileSync(out, imageGrid(Value.of(all, [shown * (1 + queries.length), side, side, channels])).png());
console.log(
  `${out}: ${shown} samples, each before the attention of ${queries.length} of its positions; gamma ${gamma.data[0]!.toFixed(3)}`,
);
