import { describe, expect, it } from 'vitest';
import { agentRecipe, findRecipe } from '../../src/recipes/index.ts';
import { openData } from '../../src/runs/index.ts';

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
    expect(await openData(agent, undefined, { seed: 1 })).toEqual({ data: 'a-corridor', dataset: undefined });
    await expect(openData(agent, 'ring8', { seed: 1 })).rejects.toThrow(
      'data: expected none for recipe walker, which learns in a-corridor, got ring8',
    );
  });
});
