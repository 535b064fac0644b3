// The recipe wgan-gp with another schedule: npx tsx examples/changed-recipe.ts [steps]
import { grid25 } from 'weir-streams/data';
import { openEngine } from 'weir-streams/engine';
import { assembleGan, findRecipe, resolveSettings } from 'weir-streams/recipes';
import { inOrder, Run } from 'weir-streams/streams';

const [data, run, { engine }] = [grid25(), new Run(), await openEngine('auto')];
const recipe = findRecipe('wgan-gp');
if (recipe.kind !== 'gan') throw new TypeError('recipe: expected a GAN');
const changed: typeof recipe = {
  ...recipe,
  build: (values, dataset) => ({
    ...recipe.build(values, dataset),
    schedule: inOrder(['critic', 'generator', 'generator']),
  }),
};
const set = new Map([['width', 32]]);
const settings = resolveSettings(changed, data, { steps: Number(process.argv[2] ?? 10_000), seed: 7, set });
const { events, evaluate } = assembleGan(changed, settings, data, engine);
console.log(await run.done(events(run)), (await evaluate())?.text);
