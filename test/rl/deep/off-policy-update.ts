import { keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { type Method, type Replayed, ReplayMemory, type Rollout } from '../../../src/rl/index.ts';
import { runOn } from './support.ts';

/** At 1, the action 0.5 (from -1 to 1) earned 1 and led to 2. */
export function experience(discount = 1, priority = false): Replayed {
  const options = { capacity: 4, observation: 1, action: 1 };
  const memory = new ReplayMemory({ ...options, ...(priority && { priority: {} }) });
  const transitions = {
    before: Float32Array.of(1),
    actions: Float32Array.of(0.5),
    rewards: Float32Array.of(1),
    discounts: Float32Array.of(discount),
    after: Float32Array.of(2),
  };
  memory.add(transitions);
  const rollout: Rollout = { ...transitions, numEnvs: 1, continues: Float32Array.of(1), episodes: [] };
  return { memory, rollout };
}

/** The step of an index on that experience, with these numbers in place of random ones. */
export function updateOf(
  method: Method<Replayed, readonly number[]>,
  state: Tree<Value>,
  {
    discount,
    index = 0,
    given = experience(discount),
    ...noise
  }: {
    readonly discount?: number;
    readonly index?: number;
    readonly given?: Replayed;
    readonly noise?: number;
    readonly noiseAfter: number;
  },
) {
  const works = method.learn(given, { index, key: keyOf(1) });
  const drawn = Object.fromEntries(
    Object.entries(noise).map(([name, number]) => [name, Value.of([number!], [1, 1])]),
  );
  let [asked, after] = [works.next(), state];
  while (!asked.done) {
    const { program, inputs } = asked.value;
    const ran = runOn(after, { program, inputs: { ...inputs, ...drawn } });
    after = ran.state;
    asked = works.next(ran.outputs);
  }
  return { after, values: asked.value, given };
}
