import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder, weir } from '../../support/weir.ts';

const root = scratchFolder();
const fashion = join(import.meta.dirname, '../../../../shared/data/fashion-mnist');

describe('weir data', () => {
  it('lists every dataset with a line about it', async () => {
    const { code, stdout } = await weir('data', 'list');
    expect(code).toBe(0);
    for (const name of ['ring8', 'grid25', 'swiss-roll', 'idx:DIR', 'cifar10'])
      expect(stdout).toContain(`${name} `);
    expect(JSON.parse((await weir('data', 'list', '--json')).stdout)[0]).toHaveProperty('spec');
  });

  it.skipIf(!existsSync(fashion))(
    'fetches from a local mirror into the data folder (needs ../shared/data)',
    async () => {
      const fetched = await weir('data', 'fetch', 'fashion-mnist', '--mirror', fashion, '--folder', root);
      expect(fetched).toMatchObject({ code: 0, stdout: `${join(root, 'fashion-mnist')}\n` });
      expect(fetched.stderr).toContain('train-images-idx3-ubyte.gz: 26.4 of 26.4 MB');
      expect(readdirSync(join(root, 'fashion-mnist')).sort()).toEqual([
        't10k-images-idx3-ubyte.gz',
        't10k-labels-idx1-ubyte.gz',
        'train-images-idx3-ubyte.gz',
        'train-labels-idx1-ubyte.gz',
      ]);
    },
  );

  it('says what is wrong with a mirror, and exits 2', async () => {
    const mirror = join(root, 'mirror');
    mkdirSync(mirror);
    copyFileSync(import.meta.filename, join(mirror, 'train-images-idx3-ubyte.gz'));
    const fetched = await weir(
      'data',
      'fetch',
      'mnist',
      '--mirror',
      mirror,
      '--folder',
      join(root, 'other'),
      '--quiet',
    );
    expect(fetched).toMatchObject({ code: 2, stdout: '' });
    expect(fetched.stderr).toContain('train-images-idx3-ubyte.gz');
  });

  it('refuses a name that it cannot fetch', async () => {
    const fetched = await weir('data', 'fetch', 'imagenet');
    expect(fetched).toMatchObject({ code: 1 });
    expect(fetched.stderr).toContain('expected one of mnist, fashion-mnist, cifar10, got "imagenet"');
  });
});
