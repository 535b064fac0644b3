import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mended, pngFile } from '../../data/png-file.ts';
import { scratchFolder, weir, weirProcess } from '../../support/weir.ts';

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
      const began = performance.now();
      const fetched = await weir('data', 'fetch', 'fashion-mnist', '--mirror', fashion, '--folder', root);
      expect(fetched).toMatchObject({ code: 0, stdout: `${join(root, 'fashion-mnist')}\n` });
      expect(fetched.stderr).toContain('train-images-idx3-ubyte.gz: 26.4 of 26.4 MB');
      // The first news of a file, its end, and a line a second: not one for each part that arrives.
      const seconds = Math.ceil((performance.now() - began) / 1000);
      expect(fetched.stderr.split('\n').length).toBeLessThanOrEqual(2 * 4 + seconds + 1);
      expect(readdirSync(join(root, 'fashion-mnist')).sort()).toEqual([
        't10k-images-idx3-ubyte.gz',
        't10k-labels-idx1-ubyte.gz',
        'train-images-idx3-ubyte.gz',
        'train-labels-idx1-ubyte.gz',
      ]);
    },
  );

  it('shows what is in a folder, and tells on the error stream what is left out', async () => {
    const folder = join(root, 'photos');
    for (const name of ['cat', 'dog', '.ipynb_checkpoints'])
      mkdirSync(join(folder, name), { recursive: true });
    for (const name of ['cat/1.png', 'cat/2.png', 'dog/1.png', 'dog/._1.png', '.ipynb_checkpoints/1.png'])
      writeFileSync(join(folder, name), pngFile({ width: 2, height: 3, type: 0 }, [1, 2, 3, 4, 5, 6]));
    // The program itself: what it leaves out is to be told by it and not by Node.js.
    const shown = await weirProcess('data', 'show', `folder:${folder}`).finished;
    expect(shown).toMatchObject({
      code: 0,
      stderr:
        'weir: folder:photos: 3 pictures in 2 classes; left out:\n  hidden or system names: 2 (.ipynb_checkpoints, dog/._1.png)\n',
    });
    expect(shown.stdout).toMatch(
      /^name +folder:photos\nkind +images\nexamples +3\nshape +3 x 2 x 1\nfingerprint +sha256:.{64}\nclasses +cat \(2\), dog \(1\)\n$/,
    );
    const json = JSON.parse((await weir('data', 'show', `folder:${folder}`, '--json')).stdout);
    expect(json.classes).toEqual([
      { name: 'cat', examples: 2 },
      { name: 'dog', examples: 1 },
    ]);
  });

  it('counts the examples of every class to the last', async () => {
    // More by one than are read at a time.
    writeFileSync(join(root, 'pixels'), new Uint8Array(257 * 16));
    writeFileSync(
      join(root, 'labels'),
      Uint8Array.from({ length: 257 }, (_, i) => (i < 256 ? 0 : 1)),
    );
    const spec = `raw:${join(root, 'pixels')},4x4x1,${join(root, 'labels')}`;
    const { stdout } = await weir('data', 'show', spec, '--json');
    const counts = JSON.parse(stdout).classes.map(({ examples }: { examples: number }) => examples);
    expect(counts).toEqual([256, 1]);
  });

  it('ends with code 1 and names all broken files at once', async () => {
    const folder = join(root, 'broken');
    mkdirSync(folder);
    const good = pngFile({ width: 2, height: 3, type: 0 }, [1, 2, 3, 4, 5, 6]);
    const bomb = Buffer.from(good);
    bomb.writeUInt32BE(31_623, 16);
    bomb.writeUInt32BE(31_623, 20);
    writeFileSync(join(folder, 'a.png'), good);
    writeFileSync(join(folder, 'b.png'), good.subarray(0, 50));
    writeFileSync(join(folder, 'c.png'), mended(bomb));
    const { code, stdout, stderr } = await weirProcess('data', 'show', `folder:${folder},8`).finished;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      [
        `weir: ${folder}: 2 of 3 pictures are broken:`,
        `  ${join(folder, 'b.png')}: at byte 41: expected 17 bytes of the chunk IDAT, and the file ends after 9`,
        `  ${join(folder, 'c.png')}: at byte 16: expected at most 64000000 pixels, got 31623 x 31623\n`,
      ].join('\n'),
    );
  });

  it('shows a dataset that never ends', async () => {
    const { stdout } = await weir('data', 'show', 'shapes:16');
    expect(stdout).toContain('examples     endless\n');
    expect(stdout).toMatch(/classes +circle \(endless\), /);
    expect((await weir('data', 'show', 'ring8')).stdout).toMatch(/shape +2\n/);
  });

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
