import { describe, expect, it } from 'vitest';
import { recipes } from '../../../src/recipes/index.ts';
import { weir } from '../../support/weir.ts';

describe('weir list', () => {
  it('has a line for each recipe, with its paper', async () => {
    const { code, stdout } = await weir('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^recipe {2,}data {2,}what it is\n/);
    expect(stdout).toMatch(/^wgan-gp +grid25 +.*arXiv:1704.00028\)$/m);
    expect(stdout).toMatch(/^wgan +ring8 +.*arXiv:1701.07875\)$/m);
  });

  it('tells programs of every recipe what it is and what it takes where nothing is said', async () => {
    const listed = JSON.parse((await weir('list', '--json')).stdout);
    expect(listed).toEqual(
      recipes.map(({ kind, name, summary, paper, data, options, ...recipe }) => ({
        kind,
        name,
        summary,
        paper,
        data,
        options: Object.fromEntries(
          Object.entries(options).map(([option, { help, fallback }]) => [
            option,
            { help, default: fallback },
          ]),
        ),
        presets: 'presets' in recipe ? recipe.presets : { agent: recipe.preset },
      })),
    );
  });

  it('tells programs all options and presets', async () => {
    const { stdout } = await weir('list', '--json');
    const [wganGp] = JSON.parse(stdout);
    expect(wganGp).toMatchObject({
      name: 'wgan-gp',
      options: { penalty: { default: 10 } },
      presets: { points: { batch: 256 } },
    });
    for (const { help } of Object.values<{ help: string }>(wganGp.options)) expect(help).not.toBe('');
  });
});
