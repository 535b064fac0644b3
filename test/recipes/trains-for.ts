import { take, tap } from 'rxjs';
import { type Dataset, ring8, shapes, shuffled } from '../../src/data/index.ts';
import { onnxEngine } from '../../src/engine/index.ts';
import { train } from '../../src/models/index.ts';
import { type GanRecipe, resolveSettings } from '../../src/recipes/index.ts';
import { pump, Run, type StepEvent } from '../../src/streams/index.ts';

const datasets = { points: ring8(), images: shapes({ side: 16 }) };
const small = new Map([
  ['width', '8'],
  ['filters', '4'],
]);

/** Of the small values those whose options a recipe has. */
const knownTo = ({ options }: GanRecipe, set: ReadonlyMap<string, string>) =>
  new Map([...set].filter(([name]) => name in options));

/** Data by kind and options, where they are not those of most recipes. */
interface Given {
  readonly points?: Dataset;
  readonly images?: Dataset;
  readonly set?: ReadonlyMap<string, string>;
}

/**
 * Some steps of a recipe on each kind of data that it has a preset for, in small networks, and
 * samples after them.
 */
export async function trainsFor(recipe: GanRecipe, steps: number, { set = small, ...given }: Given = {}) {
  const engine = await onnxEngine();
  const told: { readonly system: string; readonly values: readonly number[] }[] = [];
  for (const kind of Object.keys(recipe.presets) as ('points' | 'images')[]) {
    const dataset = given[kind] ?? datasets[kind];
    const { options } = resolveSettings(recipe, dataset, { set: knownTo(recipe, set) });
    const { system, schedule } = recipe.build(options, dataset);
    const trainer = train(system, engine, { seed: 1 });
    const events: StepEvent[] = [];
    const run = new Run();
    await run.done(
      pump(shuffled(dataset, { size: 8, seed: 1 }), run).pipe(
        schedule,
        take(steps),
        trainer.learn(run.gate),
        tap((event) => events.push(event)),
      ),
    );
    const { data } = await trainer.sample(8);
    const values = [...events.flatMap((event) => Object.values(event.values)), ...data];
    told.push({ system: system.name, values: values as number[] });
    trainer.close();
  }
  return told;
}
