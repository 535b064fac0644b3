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

  it('shows the hyper-parameters of a recipe with default, unit, range and meaning', async () => {
    const { code, stdout } = await weir('list', 'wgan-gp');
    expect(code).toBe(0);
    expect(stdout).toContain('learns from points or images (default: grid25)');
    expect(stdout).toMatch(/^--steps +24000 +12000$/m);
    expect(stdout).toMatch(/^--set option +points +images +unit +range +what it is$/m);
    expect(stdout).toMatch(
      /^critic-steps +1 +2 +updates +from 1 to 1000 +critic updates for each generator/m,
    );
    expect(stdout).toMatch(/^penalty +0.1 +10 +from 0 +weight of the penalty \(lambda\)/m);
    expect(stdout).toMatch(/^sided +two +two +two, one +which slopes/m);
  });

  it('shows those of an agent, which has no batch', async () => {
    const { stdout } = await weir('list', 'cart-pole-ppo');
    expect(stdout).toContain('learns in CartPole-v1');
    expect(stdout).toMatch(/^--steps +400$/m);
    expect(stdout).not.toContain('--batch');
    expect(stdout).toMatch(/^gamma +0.98 +from 0 to 1 +discount/m);
  });

  it('refuses a recipe that is none', async () => {
    const { code, stderr } = await weir('list', 'wgan-pg');
    expect(code).toBe(1);
    expect(stderr).toContain('did you mean wgan-gp?');
  });

  it('gives programs one recipe as it stands in the whole list', async () => {
    const all = JSON.parse((await weir('list', '--json')).stdout) as { name: string }[];
    expect(all.map(({ name }) => name)).toEqual(recipes.map(({ name }) => name));
    for (const name of ['wgan-gp', 'taxi-q'])
      expect(JSON.parse((await weir('list', name, '--json')).stdout)).toEqual(
        all.find((recipe) => recipe.name === name),
      );
  });

  it('tells programs all options and presets', async () => {
    const { stdout } = await weir('list', '--json');
    const [wganGp] = JSON.parse(stdout);
    expect(wganGp).toMatchObject({
      name: 'wgan-gp',
      options: {
        penalty: { default: 10, type: 'number', minimum: 0 },
        'critic-steps': { default: 1, unit: 'updates', type: 'integer', minimum: 1, maximum: 1000 },
        sided: { enum: ['two', 'one'] },
      },
      presets: { points: { batch: 256 } },
    });
    for (const { help } of Object.values<{ help: string }>(wganGp.options)) expect(help).not.toBe('');
  });
});
