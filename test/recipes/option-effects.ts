import { from, lastValueFrom, toArray } from 'rxjs';
import type { Value } from '../../src/engine/index.ts';
import { recipes } from '../../src/recipes/index.ts';
import { firstSteps, type tiny } from './first-step.ts';

/** Numbers of the state of a system that belong together: `shape:critic`, `slots:critic/mean`. */
function partOf(path: string): readonly [kind: string, part: string] {
  const [head = '', player = '', ...rest] = path.split('/');
  if (head !== 'optimizer') return ['weights', head];
  return ['slots', `${player}/${rest.filter((name) => !/^\d+$/.test(name))[0]}`];
}

function gather(state: ReadonlyMap<string, Value>, kind: string, textOf: (value: Value) => string) {
  const parts: Record<string, string> = {};
  for (const [path, value] of state) {
    const [of, part] = partOf(path);
    if (of === kind) parts[part] = `${parts[part] ?? ''} ${path} ${textOf(value)}`;
  }
  return parts;
}

/**
 * All that options may reach in a recipe, by name: the `schedule`, the `gates`, and of each player
 * the `rate` at some steps, the `values` and the optimiser's `slots` of its first step, and what
 * two steps make of the `weights`; of each network the `shape`.
 */
export async function effectsOf(made: ReturnType<typeof tiny>): Promise<Map<string, string>> {
  const { system, schedule, gates = [], dataset } = made;
  const batch = dataset.read([0, 1, 2, 3]);
  const effects = new Map<string, string>();
  const batches = Array.from({ length: 12 }, (_, index) => ({ index, batch }));
  const steps = await lastValueFrom(from(batches).pipe(schedule, toArray()));
  effects.set('schedule', steps.map(({ player }) => player).join());
  const shares = [0.1, 0.5, 0.9].map(
    (fakeAccuracy) => (player: string) => (player === 'generator' ? { fakeAccuracy } : undefined),
  );
  effects.set('gates', JSON.stringify(gates.map(({ when }) => shares.map((latest) => when(latest)))));
  for (const player of system.players) {
    const { values, states } = await firstSteps(made, player, { size: 4, steps: 2 });
    const [one, two] = [states[0]!, states[1]!];
    effects.set(`values:${player}`, JSON.stringify(values));
    for (const [part, text] of Object.entries(gather(one, 'slots', ({ data }) => data.join())))
      if (part.startsWith(`${player}/`)) effects.set(`slots:${part}`, text);
    for (const [part, text] of Object.entries(gather(two, 'weights', ({ data }) => data.join())))
      effects.set(`weights:${part}`, (effects.get(`weights:${part}`) ?? '') + text);
    for (const [part, text] of Object.entries(gather(one, 'weights', ({ shape }) => `[${shape}]`)))
      effects.set(`shape:${part}`, text);
    const rate = (index: number) =>
      (system.inputs({ index, player, batch }, { high: 1, low: 2 }).rate as Value).data[0];
    effects.set(`rate:${player}`, [0, 6, 9].map(rate).join());
  }
  return effects;
}

/** What differs, sorted. Where networks have other shapes their numbers have nothing to say. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const differ = names.filter((name) => before.get(name) !== after.get(name));
  const shapes = differ.filter((name) => name.startsWith('shape:'));
  return shapes.length === 0 ? differ : differ.filter((name) => !/^(?:values|slots|weights):/.test(name));
}

/**
 * Recipes of several pairs or of pairs of images: the tests of their own files cover their options
 * and losses.
 */
export const coveredElsewhere: ReadonlySet<string> = new Set([
  'pix2pix',
  'cycle-gan',
  'stacked-gan',
  'style-structure',
]);

/** The recipes for GANs of one critic and one generator that learn from a kind of data. */
export const gansFor = (kind: 'points' | 'images') =>
  recipes.filter(
    (recipe) => recipe.kind === 'gan' && kind in recipe.presets && !coveredElsewhere.has(recipe.name),
  );
