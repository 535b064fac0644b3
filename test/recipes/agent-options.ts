import { tap } from 'rxjs';
import { cpuEngine, flattenTree } from '../../src/engine/index.ts';
import { type AgentRecipe, findRecipe, resolveOptions } from '../../src/recipes/index.ts';
import { Run, type StepEvent } from '../../src/streams/index.ts';

const engine = await cpuEngine();

export type Values = Readonly<Record<string, number | string>>;

/** The run of an agent with some of its options set, as the command line would set them. */
export function agentOf(name: string, set: Values, { seed = 3, steps = 5 } = {}) {
  const recipe = findRecipe(name) as AgentRecipe;
  const values = resolveOptions(recipe.options, recipe.preset.options, new Map(Object.entries(set)));
  return recipe.build(values, { engine, seed, steps });
}

/** Trains to the end of the run. */
export async function learned(assembly: ReturnType<typeof agentOf>) {
  const run = new Run();
  const events: StepEvent[] = [];
  await run.done(assembly.events(run).pipe(tap((event) => events.push(event))));
  const { tensors, state } = assembly.learner.save();
  return { events, leaves: flattenTree(tensors), state: JSON.parse(JSON.stringify(state)) };
}

/**
 * All that options may reach in the run of an agent: the `shape` of what is saved, what is `played`
 * in the first step, the values that the first step of learning tells (`told:loss`), the `learned`
 * tensors in the end, and how many `steps` there are.
 */
export async function effectsOf(name: string, set: Values, steps: number): Promise<Map<string, string>> {
  const effects = new Map<string, string>();
  const first = agentOf(name, set, { steps: 1 });
  const { environments, environment } = (await learned(first)).state;
  first.learner.close();
  effects.set('played', JSON.stringify(environments ?? environment));
  const whole = agentOf(name, set, { steps });
  const { events, leaves } = await learned(whole);
  whole.learner.close();
  effects.set('steps', `${events.length}`);
  effects.set('shape', [...leaves].map(([path, { shape }]) => `${path} ${shape}`).join());
  const tensors = [...leaves].filter(([path]) => !path.startsWith('memory/'));
  effects.set('learned', tensors.map(([, { data }]) => data.join()).join());
  const told = events.find(({ values }) => 'loss' in values || 'tdError' in values);
  for (const [value, number] of Object.entries(told?.values ?? {})) effects.set(`told:${value}`, `${number}`);
  return effects;
}

/** What differs, sorted. */
export function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const differ = names.filter((name) => before.get(name) !== after.get(name));
  // Where tensors have other shapes their numbers have nothing to say.
  return differ.includes('shape')
    ? differ.filter((name) => ['shape', 'played', 'steps'].includes(name))
    : differ;
}
