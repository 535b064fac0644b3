// The recipe wgan-gp with another schedule, recorded: npx tsx examples/changed-recipe.ts [steps]
import { findRecipe } from 'weir-streams/recipes';
import { record } from 'weir-streams/runs';
import { inOrder, Run } from 'weir-streams/streams';

const recipe = findRecipe('wgan-gp');
if (recipe.kind !== 'gan') throw new TypeError('recipe: expected a GAN');
const changed: typeof recipe = {
  ...recipe,
  name: 'wgan-gp-two',
  build: (values, dataset) => ({
    ...recipe.build(values, dataset),
    schedule: inOrder(['critic', 'generator', 'generator']),
  }),
};
const [steps, set] = [Number(process.argv[2] ?? 10_000), { width: 32 }];
console.log(await record(new Run(), { dir: 'runs/changed', recipe: changed, set, seed: 7, steps }));
