import { describe, expect, it } from 'vitest';
import { grid25, openDataset } from '../../src/data/index.ts';
import { wganGpRecipe as recipe } from '../../src/recipes/gan/wgan-gp.ts';
import { agentRecipe, real, resolveSettings } from '../../src/recipes/index.ts';

describe('settle', () => {
  it('completes nothing said from the preset of the data', async () => {
    const points = resolveSettings(recipe, grid25(), {});
    expect(points).toMatchObject({
      steps: 24_000,
      batch: 256,
      seed: 1,
      checkpointEvery: 2_400,
      logEvery: 'auto',
    });
    expect(points.options).toMatchObject({ penalty: 0.1, latent: 2 });
    const images = resolveSettings(recipe, await openDataset('shapes:16'), {});
    expect(images.options).toMatchObject({ penalty: 10 });
  });

  it('takes what is said', () => {
    const wishes = {
      steps: 7,
      batch: 3,
      seed: 0,
      checkpointEvery: 2,
      logEvery: 5,
      set: new Map([['width', '8']]),
    };
    const settings = resolveSettings(recipe, grid25(), wishes);
    expect(settings).toMatchObject({ steps: 7, batch: 3, seed: 0, checkpointEvery: 2, logEvery: 5 });
    expect(settings.options.width).toBe(8);
  });

  it.each([
    [{ steps: 0 }, 'steps: expected a whole number from 1, got 0'],
    [{ steps: -1 }, 'steps: expected a whole number from 1, got -1'],
    [{ steps: 1.5 }, 'steps: expected a whole number from 1, got 1.5'],
    [{ batch: 0 }, 'batch: expected a whole number from 1 to 65536, got 0'],
    [{ seed: -1 }, 'seed: expected a whole number from 0, got -1'],
    [{ checkpointEvery: 0 }, 'checkpointEvery: expected a whole number from 1, got 0'],
    [{ logEvery: 0 }, 'logEvery: expected a whole number from 1, got 0'],
  ])('refuses %j', (wishes, message) => {
    expect(() => resolveSettings(recipe, grid25(), wishes)).toThrow(message);
  });

  it('refuses data of a kind that the recipe does not know', () => {
    const pointsOnly = { ...recipe, presets: { points: recipe.presets.points! } };
    const images = { ...grid25(), kind: 'images' as const, name: 'pictures' };
    expect(() => resolveSettings(pointsOnly, images, {})).toThrow(
      'data: expected points for recipe wgan-gp, got pictures, which is images',
    );
  });
});

describe('settle for an agent', () => {
  const agent = agentRecipe({
    name: 'walker',
    summary: 'an agent of a test',
    paper: 'arXiv:0000.00000',
    data: 'a-corridor',
    options: { alpha: real('learning rate', 0.1) },
    preset: { steps: 50, options: { alpha: 0.2 } },
    build: () => {
      throw new Error('not built here');
    },
  });

  it('takes the one preset, and a batch of one step', () => {
    const settings = resolveSettings(agent, undefined, {});
    expect(settings).toMatchObject({ steps: 50, batch: 1, checkpointEvery: 5, options: { alpha: 0.2 } });
  });

  it('refuses a batch', () => {
    expect(() => resolveSettings(agent, undefined, { batch: 64 })).toThrow(
      'batch: expected none for recipe walker, whose agent takes steps, got 64',
    );
  });
});
