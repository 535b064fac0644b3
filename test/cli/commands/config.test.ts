import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRecipe } from '../../../src/recipes/index.ts';
import { readConfigFile } from '../../../src/runs/index.ts';
import { scratchFolder, weir } from '../../support/weir.ts';

const root = scratchFolder();

describe('weir config', () => {
  it('prints every hyper-parameter with meaning, unit, range and default, and the schema for editors', async () => {
    const { code, stdout } = await weir('config', 'wgan-gp');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# yaml-language-server: \$schema=https:\/\/\S+\/schema\/config\.json\n/);
    expect(stdout).toContain('arXiv:1704.00028\n');
    expect(stdout).toContain(
      '  # critic updates for each generator update [updates, from 1 to 1000]\n  critic-steps: 1\n',
    );
    expect(stdout).toContain('  # which slopes penalty-kind gradient punishes [two, one]\n  sided: two\n');
    expect(stdout).toMatch(/^# steps between checkpoints .*\n# checkpointEvery: 2400$/m);
    const names = [...stdout.matchAll(/^ {2}([\w-]+): /gm)].map(([, name]) => name);
    expect(names).toEqual(Object.keys(findRecipe('wgan-gp').options));
  });

  it('has the values for the kind of the data', async () => {
    const { stdout } = await weir('config', 'wgan-gp', '--data', 'shapes:16');
    expect(stdout).toContain('\ndata: shapes:16\n');
    expect(stdout).toContain('\nsteps: 12000\n');
    expect(stdout).toContain('  latent: 64\n');
  });

  it('prints what starts the run as it is', async () => {
    const run = (file: string, out: string) =>
      weir('train', '--config', file, '--steps', '4', '--out', join(root, out), '--no-serve', '--quiet');
    const path = join(root, 'pole.yaml');
    writeFileSync(path, (await weir('config', 'cart-pole-ppo')).stdout);
    const { values } = readConfigFile(path);
    expect(values).toMatchObject({ recipe: 'cart-pole-ppo', seed: 1, steps: 400, options: { gamma: 0.98 } });
    expect(await run(path, 'pole')).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    [['wgan-pg'], 'did you mean wgan-gp?'],
    [['taxi-q', '--data', 'ring8'], '--data: expected none for recipe taxi-q, which learns in Taxi-v4'],
    [['wgan-gp', '--data', 'captions'], '--data: expected'],
    [['unrolled-gan', '--data', 'shapes'], '--data: expected points for recipe unrolled-gan, got shapes'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await weir('config', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});
