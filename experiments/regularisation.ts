// Trains a recipe on few images with and without options of regularisation, for the same processor
// time each, and prints the Frechet distance of 2,000 samples to the whole dataset for each seed, and
// medians. A variant is a name and the options that it sets.
//   npm run experiment regularisation -- --data idx:DIR,16 --features FILE [--examples 500] [--recipe gan] [--seconds 30,60] [--seeds 1,2,3] [--set filters=16] [--variants "plain;diffaug:augment=translation,cutout"]
import { parseArgs } from 'node:util';
import { openDataset, subset } from 'weir-streams/data';
import { keyOf, openEngine, permutation } from 'weir-streams/engine';
import { Evaluator } from 'weir-streams/evaluation';
import { openFeatures } from 'weir-streams/runs';
import { equalTime } from './equal-time.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'fashion-mnist,16' },
    features: { type: 'string', default: 'features/fashion-mnist,16.safetensors' },
    examples: { type: 'string', default: '500' },
    recipe: { type: 'string', default: 'gan' },
    seconds: { type: 'string', default: '30,60' },
    seeds: { type: 'string', default: '1,2,3' },
    set: { type: 'string', default: 'filters=16' },
    variants: {
      type: 'string',
      default:
        'plain;diffaug:augment=translation,cutout;' +
        'lazy r1:penalty-kind=r1 penalty=1 penalty-every=16;' +
        'both:augment=translation,cutout penalty-kind=r1 penalty=1 penalty-every=16',
    },
  },
});

const pairsOf = (text = '') =>
  text
    .split(' ')
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('=') as [string, string]);

const { engine } = await openEngine('auto');
const whole = await openDataset(values.data);
const evaluator = await Evaluator.open({
  dataset: whole,
  engine,
  features: await openFeatures(values.features, engine),
  scores: ['fid'],
});
// The same few examples for all variants and seeds.
const chosen = permutation(keyOf(0), whole.size).slice(0, Number(values.examples));
const data = subset(whole, chosen);
const seconds = values.seconds.split(',').map(Number);
const seeds = values.seeds.split(',').map(Number);

const row = (...cells: readonly (string | number)[]) => console.log(`| ${cells.join(' | ')} |`);
console.log(`${values.recipe} on ${data.size} examples of ${whole.name}, ${engine.name}\n`);
row('variant', 'CPU s', 'steps', 'FID, median', 'FID of each seed');
console.log('|---|---|---|---|---|');
row('other real images', '', '', (await evaluator.floor()).fid!.toFixed(2), '');

for (const variant of values.variants.split(';')) {
  const [name = '', options] = variant.split(':');
  const set = new Map([...pairsOf(values.set), ...pairsOf(options)]);
  const scored = seconds.map((): { steps: number; fid: number }[] => []);
  for (const seed of seeds) {
    let place = 0;
    const how = { recipe: values.recipe, data, evaluator, engine, seed, seconds, set };
    const trainer = await equalTime(how, ({ steps, scores }) => {
      scored[place++]!.push({ steps, fid: scores.fid! });
    });
    trainer.close();
  }
  scored.forEach((outcomes, at) => {
    const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
    const fids = outcomes.map(({ fid }) => fid);
    const steps = middle(outcomes.map((outcome) => outcome.steps));
    row(name, seconds[at]!, steps, middle(fids).toFixed(2), fids.map((fid) => fid.toFixed(2)).join(', '));
  });
}
evaluator.close();
