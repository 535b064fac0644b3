import type { Dataset } from '../../src/data/index.ts';
import { cpuEngine, flattenTree, keyOf } from '../../src/engine/index.ts';
import { train } from '../../src/models/index.ts';
import { type GanRecipe, resolveSettings } from '../../src/recipes/index.ts';
import type { PhasedSchedule, Schedule, StepEvent } from '../../src/streams/index.ts';

type Set = Readonly<Record<string, number | string>>;

const engine = await cpuEngine();

/**
 * All that options may reach: the plan, the shapes, the first rates, and what two steps of each
 * player say and leave.
 */
function traceOf(recipe: GanRecipe, dataset: Dataset, set: Set): string {
  const given = new Map(Object.entries(set).map(([name, value]) => [name, `${value}`]));
  const { options } = resolveSettings(recipe, dataset, { set: given });
  const { system, schedule } = recipe.build(options, dataset);
  const plan = (schedule as Partial<PhasedSchedule>).text ?? '';
  const players = Array.from({ length: 12 }, (_, i) => (schedule as Schedule).moveAt(i).player);
  const shapes = [...flattenTree(system.init(keyOf(1)))].map(([path, { shape }]) => `${path} ${shape}`);
  const trainer = train(system, engine, { seed: 1 });
  const batch = dataset.read([0, 1]);
  const said = [...system.players, ...system.players].map((player) => {
    const { values } = trainer.step({ index: trainer.index, player, batch }) as StepEvent;
    return JSON.stringify(values);
  });
  const left = [...flattenTree(trainer.tensors()).values()].map(({ data }) => data.join());
  trainer.close();
  return JSON.stringify([plan, players, shapes, said, left]);
}

/** The options whose other value changes nothing, and those without another value. */
export function optionsWithoutEffect(
  recipe: GanRecipe,
  dataset: Dataset,
  base: Set,
  others: Set,
): { readonly without: readonly string[]; readonly missing: readonly string[] } {
  const names = Object.keys(recipe.options);
  const before = traceOf(recipe, dataset, base);
  const without = names.filter(
    (name) => name in others && traceOf(recipe, dataset, { ...base, [name]: others[name]! }) === before,
  );
  return { without, missing: names.filter((name) => !(name in others)) };
}
