import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { flattenTree } from '../../../src/engine/index.ts';
import { resolveOptions } from '../../../src/recipes/index.ts';
import { tabularAssembly, tabularOptions } from '../../../src/recipes/rl/tabular.ts';
import { frozenLake } from '../../../src/rl/index.ts';
import { Run, type StepEvent } from '../../../src/streams/index.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();

function build(set: Record<string, unknown> = {}, { seed = 3, steps = 2_000 } = {}) {
  const values = resolveOptions(tabularOptions, {}, new Map(Object.entries(set)));
  const circumstances = { seed, steps, engine: undefined as never };
  return tabularAssembly(values, circumstances, {
    make: () => frozenLake({ slippery: false }),
    map: (states) => ({ values: states, columns: 4 }),
    place: (cell) => [(cell % 4) + 0.5, Math.floor(cell / 4) + 0.5],
  });
}

async function learn(assembly: ReturnType<typeof build>) {
  const run = new Run();
  const events: StepEvent[] = [];
  await run.done(assembly.events(run).pipe(tap((event) => events.push(event))));
  return events;
}

describe('tabularAssembly', () => {
  it('learns for as many steps as there are', async () => {
    const assembly = build({ epsilon: 0.3 });
    expect(await learn(assembly)).toHaveLength(2_000);
    expect(assembly.learner.index).toBe(2_000);
    expect(assembly.learner.played!().steps).toBe(2_000);
    expect(assembly.learner.played!().episodes).toBeGreaterThan(0);
  });

  it('ends after so many episodes where they are over before', async () => {
    const assembly = build({ epsilon: 1, episodes: 10 });
    const events = await learn(assembly);
    expect(events.filter(({ values }) => values.return !== undefined)).toHaveLength(10);
    expect(events.at(-1)!.values).toHaveProperty('return');
    expect(await learn(assembly)).toEqual([]);
  });

  it.each(tabularOptions.method.choices)('%s goes on exactly from a checkpoint', async (method) => {
    const set = { method, epsilon: 0.5, 'anneal-steps': 1_500 };
    const straight = build(set);
    await learn(straight);
    const first = build(set, { steps: 777 });
    await learn(first);
    const second = build(set);
    const { tensors, state } = first.learner.save();
    second.learner.restore({ tensors: flattenTree(tensors), state: structuredClone(state) });
    expect(second.learner.index).toBe(777);
    await learn(second);
    expect(second.learner.save()).toEqual(straight.learner.save());
    second.learner.close();
  });

  it('judges what it has come to, and draws the values with the way', async () => {
    const assembly = build({ epsilon: 0.5, alpha: 0.5 }, { steps: 20_000 });
    expect(await assembly.evaluate()).toMatchObject({ quality: { returnMean: 0 } });
    await learn(assembly);
    expect(await assembly.evaluate()).toEqual({
      quality: { returnMean: 1, returnDeviation: 0, lengthMean: 6 },
      text: 'greedy return 1.00 +- 0.00 over 100 episodes of 6.0 steps',
    });
    const path = join(folder, 'values.png');
    await assembly.draw(path);
    const { width, height } = PNG.sync.read(readFileSync(path));
    expect([width, height]).toEqual([640, 640]);
  });

  it('lets rates fall to their ends', async () => {
    const set = { epsilon: 1, 'epsilon-end': 0.5, 'anneal-steps': 1_000 };
    const last = (await learn(build(set))).filter(({ values }) => values.epsilon !== undefined).at(-1);
    expect(last!.values.epsilon).toBe(0.5);
  });
});
