// Trains a recipe that learns from captions and reads the images of captions back: how often shape,
// colour, size and place are those of the caption, for captions whose pair of shape and colour was
// never shown and for others. With --picture it draws twelve of the first, a row of twelve each.
//   npm run experiment text-to-image -- [--recipe text-gan] [--seeds 1,2,3] [--steps 8000,16000] [--set filters=24,wrong=0] [--picture FILE.png]
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { take } from 'rxjs';
import {
  captionOf,
  heldOutPairs,
  openDataset,
  type ShapeAttributes,
  type Shapes,
  shapeAttributes,
  shuffled,
} from 'weir-streams/data';
import { type Engine, keyOf, openEngine, Value } from 'weir-streams/engine';
import { enginePairwise, readShapes } from 'weir-streams/evaluation';
import { type System, type Trainer, train } from 'weir-streams/models';
import { imageGrid, writePng } from 'weir-streams/plots';
import { pump, Run } from 'weir-streams/streams';
import { findRecipe, type GanRecipe, resolveSettings } from '../src/recipes/index.ts';

const names = ['shape', 'colour', 'size', 'place'] as const;

/** Shares of images that show what their captions say. */
export type Attributes = Readonly<Record<(typeof names)[number] | 'all', number>> & {
  /** The median of `readShapes`: how far an image is from one that shapes has. */
  readonly distance: number;
};

/** All captions of `shapes`, those of pairs that are held out and the others. */
const all: readonly ShapeAttributes[] = shapeAttributes.shape.flatMap((_, shape) =>
  shapeAttributes.colour.flatMap((_, colour) =>
    shapeAttributes.size.flatMap((_, size) =>
      shapeAttributes.place.map((_, place) => ({ shape, colour, size, place })),
    ),
  ),
);
export const heldOut = all.filter((attributes) => heldOutPairs.holds(attributes));
/** One in seven of the others: 216 too. */
export const shown = all
  .filter((attributes) => !heldOutPairs.holds(attributes))
  .filter((_, i) => i % 7 === 0);

/** Samples of these captions, one each. */
async function samplesOf(
  trainer: Trainer,
  data: Shapes,
  captions: readonly string[],
  seed = 1,
): Promise<Value> {
  const { tokeniser } = data;
  const tokens = Int32Array.from(captions.flatMap((caption) => [...tokeniser.encode(caption)]));
  const text = new Value('int32', [captions.length, tokeniser.length], tokens);
  return trainer.sampleFrom({ ...trainer.system.samplerInputs(captions.length, keyOf(seed)), text });
}

/** How well a trainer makes what captions of these attributes say. */
export async function attributesMade(
  trainer: Trainer,
  data: Shapes,
  wanted: readonly ShapeAttributes[],
  engine: Engine,
): Promise<Attributes> {
  const samples = await samplesOf(trainer, data, wanted.map(captionOf));
  const pairwise = enginePairwise(engine);
  const readings = await readShapes(samples, { pairwise });
  pairwise.close();
  const share = (right: (read: ShapeAttributes, of: ShapeAttributes) => boolean) =>
    readings.filter(({ attributes }, i) => right(attributes, wanted[i]!)).length / wanted.length;
  const each = names.map((name) => [name, share((read, of) => read[name] === of[name])]);
  return {
    ...(Object.fromEntries(each) as Record<(typeof names)[number], number>),
    all: share((read, of) => names.every((name) => read[name] === of[name])),
    distance: readings.map(({ distance }) => distance).sort((a, b) => a - b)[readings.length >> 1]!,
  };
}

/** What is trained, and when it is read. */
export interface TextToImage {
  readonly recipe: string;
  readonly seed: number;
  /** Numbers of steps behind which the images are read, ascending. */
  readonly steps: readonly number[];
  readonly set?: Readonly<Record<string, string>>;
  readonly engine: Engine;
}

/**
 * The shares of both kinds of captions at each of the steps, and the trainer behind the last one.
 */
export async function textToImage(
  { recipe: name, seed, steps, set = {}, engine }: TextToImage,
  onRead: (step: number, found: { readonly held: Attributes; readonly seen: Attributes }) => void = () => {},
) {
  const recipe = findRecipe(name) as GanRecipe;
  const data = (await openDataset(recipe.data, { seed })) as Shapes;
  const { options, batch } = resolveSettings(recipe, data, { set: new Map(Object.entries(set)) });
  const { system, schedule } = recipe.build(options, data);
  const trainer = train(system as System, engine, { seed });
  const found = [];
  for (const step of steps) {
    const run = new Run();
    await run.done(
      pump(shuffled(data, { size: batch, seed, start: trainer.index }), run).pipe(
        schedule,
        take(step - trainer.index),
        trainer.learn(run.gate),
      ),
    );
    const read = {
      held: await attributesMade(trainer, data, heldOut, engine),
      seen: await attributesMade(trainer, data, shown, engine),
    };
    onRead(step, read);
    found.push(read);
  }
  return { found, trainer, data };
}

/** Twelve held-out captions: each shape, each colour, each size and each place comes. */
export const pictured = Array.from({ length: 12 }, (_, i) => {
  const shape = i % 8;
  return captionOf({ shape, colour: (8 - shape) % 8, size: (2 + i) % 3, place: (5 * i + 1) % 9 });
});

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const { values } = parseArgs({
    options: {
      recipe: { type: 'string', default: 'text-gan' },
      seeds: { type: 'string', default: '1,2,3' },
      steps: { type: 'string', default: '16000' },
      set: { type: 'string', default: '' },
      picture: { type: 'string' },
    },
  });
  const { engine } = await openEngine('auto');
  const set = Object.fromEntries(
    values.set.split(',').flatMap((pair) => (pair === '' ? [] : [pair.split('=') as [string, string]])),
  );
  const row = ({ distance, ...shares }: Attributes) =>
    `${[...names, 'all' as const].map((name) => shares[name].toFixed(2)).join(' ')} | ${distance.toFixed(3)}`;
  console.log(`${values.recipe} ${values.set}: shape colour size place all | median distance\n`);
  console.log(
    '| seed | steps | held-out | distance | shown | distance | CPU s |\n|---|---|---|---|---|---|---|',
  );
  for (const seed of values.seeds.split(',').map(Number)) {
    const began = process.cpuUsage().user;
    const steps = values.steps.split(',').map(Number);
    const { trainer, data } = await textToImage(
      { recipe: values.recipe, seed, steps, set, engine },
      (step, { held, seen }) => {
        const seconds = ((process.cpuUsage().user - began) / 1e6).toFixed(0);
        console.log(`| ${seed} | ${step} | ${row(held)} | ${row(seen)} | ${seconds} |`);
      },
    );
    if (values.picture !== undefined) {
      const twelve = pictured.flatMap((caption) => new Array<string>(12).fill(caption));
      writePng(values.picture, imageGrid(await samplesOf(trainer, data, twelve)));
      writeFileSync(`${values.picture}.txt`, `${pictured.join('\n')}\n`);
    }
    trainer.close();
  }
}
