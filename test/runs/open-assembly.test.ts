import { describe, expect, it } from 'vitest';
import { grid25 } from '../../src/data/index.ts';
import { cpuEngine, flattenTree } from '../../src/engine/index.ts';
import { agentRecipe, findRecipe } from '../../src/recipes/index.ts';
import { assemble, openAssembly, openData, openRunEngine } from '../../src/runs/index.ts';
import { smallConfig } from '../support/run.ts';

it('opens the engine that is named, else the one that the run has had', async () => {
  const warnings: string[] = [];
  const name = async (named?: string) =>
    (await openRunEngine({ engine: 'wasm' }, named, (message) => warnings.push(message))).engine.name;
  expect([await name('cpu'), await name()]).toEqual(['cpu', 'wasm']);
  expect(warnings).toEqual([]);
});

it('assembles a run at its first step, on the data and engine of its config or on others', async () => {
  const config = smallConfig({ seed: 5 });
  const [own, other] = [await openAssembly(config), await openAssembly(config, { data: 'ring8' })];
  expect([own.engine.name, own.dataset?.name, own.assembly.learner.index]).toEqual(['cpu', 'grid25', 0]);
  expect(other.dataset?.name).toBe('ring8');
  const engine = await cpuEngine();
  expect((await openAssembly(config, { engine })).engine).toBe(engine);
});

describe('assemble', () => {
  it('builds what the config says, with weights that the seed decides', async () => {
    const engine = await cpuEngine();
    const build = (seed: number) => assemble(smallConfig({ seed }), grid25(), engine).learner;
    const kernel = (seed: number) => flattenTree(build(seed).save().tensors).get('critic/weights/0/kernel')!;
    expect(kernel(1).shape).toEqual([2, 4]);
    expect(kernel(1)).toEqual(kernel(1));
    expect(kernel(2)).not.toEqual(kernel(1));
    expect(build(3).save().state).toMatchObject({ index: 0, seed: 3 });
  });

  it('names the recipes where the config knows another', async () => {
    const config = { ...smallConfig(), recipe: 'began' };
    const engine = await cpuEngine();
    expect(() => assemble(config, grid25(), engine)).toThrow(
      /^recipe: expected one of .*wgan-gp.*, got "began"/,
    );
  });
});

describe('open data', () => {
  const agent = agentRecipe({
    name: 'walker',
    summary: 'an agent of a test',
    paper: 'arXiv:0000.00000',
    data: 'a-corridor',
    options: {},
    preset: { steps: 10, options: {} },
    build: () => {
      throw new Error('not built here');
    },
  });

  describe('openData', () => {
    it('takes the dataset that is named, else that of the recipe', async () => {
      const recipe = findRecipe('wgan-gp');
      expect(await openData(recipe, 'ring8', { seed: 1 })).toMatchObject({
        data: 'ring8',
        dataset: { name: 'ring8' },
      });
      expect(await openData(recipe, undefined, { seed: 1 })).toMatchObject({ data: 'grid25' });
    });

    it('opens nothing for an agent, and refuses data for one', async () => {
      expect(await openData(agent, undefined, { seed: 1 })).toEqual({
        data: 'a-corridor',
        dataset: undefined,
      });
      await expect(openData(agent, 'ring8', { seed: 1 })).rejects.toThrow(
        'data: expected none for recipe walker, which learns in a-corridor, got ring8',
      );
    });
  });
});
