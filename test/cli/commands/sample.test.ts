import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseNpy } from '../../../src/data/npy.ts';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const run = join(root, 'run');

beforeAll(() => weir('train', 'wgan-gp', ...small, '--steps', '4', '--out', run));

describe('weir sample of a run that is asked for something', () => {
  const [text, conditional] = [join(root, 'text'), join(root, 'conditional')];
  const pictures = ['--data', 'shapes:16', '--set', 'filters=2', '--batch', '4', '--no-serve'];
  const draw = async (of: string, ...args: string[]) => {
    const file = join(root, 'asked.png');
    const { code, stderr } = await weir('sample', of, '--count', '4', '--out', file, ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return readFileSync(file);
  };

  beforeAll(async () => {
    const reader = ['--set', 'reader-steps=1', '--steps', '3'];
    expect(await weir('train', 'text-gan', ...pictures, ...reader, '--out', text)).toMatchObject({ code: 0 });
    const steps = ['--steps', '2', '--out', conditional];
    expect(await weir('train', 'cgan', ...pictures, ...steps)).toMatchObject({ code: 0 });
  });

  it('draws all samples of a caption', async () => {
    const circle = await draw(text, '--caption', 'a large red circle at the top');
    expect(await draw(text, '--caption', 'A large, red circle at the top!')).toEqual(circle);
    expect(await draw(text, '--caption', 'a small blue ring at the left')).not.toEqual(circle);
  });

  it('draws all samples of a class, by its name or number', async () => {
    const ring = await draw(conditional, '--class', 'ring');
    expect(await draw(conditional, '--class', '6')).toEqual(ring);
    expect(await draw(conditional, '--class', 'star')).not.toEqual(ring);
  });

  it.each([
    [text, ['--caption', 'a large red circel'], 'got "circel"; did you mean circle?'],
    [text, ['--caption', ''], '--caption: expected a text of 1 to 8 words, got 0 in ""'],
    [text, ['--class', 'ring'], '--class: expected none for text-gan'],
    [conditional, ['--class', 'rings'], '--class: expected one of circle, square'],
    [conditional, ['--class', '8'], '--class: expected one of circle, square'],
    [conditional, ['--caption', 'a ring'], '--caption: expected none for cgan'],
    [
      conditional,
      ['--format', 'csv', '--out', 'a.csv'],
      '--format: expected png, npy, grid or gif for images',
    ],
    [
      conditional,
      ['--count', '4097'],
      '--count: expected a whole number from 1 to 4096 in one picture, got 4097',
    ],
    [
      conditional,
      ['--format', 'png', '--out', 'a.png', '--count', '2'],
      '--count: expected 1 for one file, a.png',
    ],
    [conditional, ['--format', 'gif', '--out', 'a.gif'], '--format: expected gif with interpolate'],
    [run, ['--class', '1'], '--class: expected none for wgan-gp'],
  ])('of %s refuses %j', async (of, args, message) => {
    const refused = await weir('sample', of, ...args);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(message);
  });
});

describe('weir sample of a run from images to images', () => {
  const pairs = join(root, 'pairs');
  const set = ['--set', 'filters=2', '--batch', '4', '--no-serve', '--steps', '2'];
  const picture = (name: string, width: number, height: number) => {
    const png = new PNG({ width, height });
    png.data.forEach((_, i) => {
      png.data[i] = i % 4 === 3 ? 255 : (7 * i) % 256;
    });
    const file = join(root, name);
    writeFileSync(file, PNG.sync.write(png));
    return file;
  };

  beforeAll(async () => {
    expect(await weir('train', 'pix2pix', ...set, '--out', pairs)).toMatchObject({ code: 0 });
  });

  it('shows the source beside what is made of it', async () => {
    const file = join(root, 'translated.png');
    const source = picture('source.png', 16, 16);
    const { code, stderr } = await weir('sample', pairs, '--source', source, '--out', file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { width, height, data } = PNG.sync.read(readFileSync(file));
    // Two cells of 16 pixels, three times as large.
    expect([width, height]).toEqual([2 * 50 + 2, 50 + 2]);
    const first = (2 * width + 2) * 4;
    expect([...data.subarray(first, first + 3)]).toEqual([0, 7, 14]);
  });

  it('shows sources, what is made and the truth without one', async () => {
    const file = join(root, 'rows.png');
    expect(await weir('sample', pairs, '--count', '3', '--out', file)).toMatchObject({ code: 0 });
    expect(PNG.sync.read(readFileSync(file)).width).toBe(3 * 50 + 2);
  });

  it.each([
    [() => picture('wide.png', 20, 16), '--source: expected an image of [16,16,3], got [16,20,3]'],
    [() => join(root, 'missing.png'), 'missing.png'],
  ])('refuses a source that does not fit (%#)', async (source, message) => {
    const refused = await weir('sample', pairs, '--source', source());
    expect(refused).toMatchObject({ stdout: '' });
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain(message);
  });

  it('refuses a source where none can be taken', async () => {
    const refused = await weir('sample', run, '--source', picture('other.png', 16, 16));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('--source: expected none for wgan-gp');
  });
});

describe('weir sample to files', () => {
  const images = join(root, 'images');
  const file = (name: string) => join(root, name);
  const write = async (of: string, ...args: string[]) => {
    const { code, stdout, stderr } = await weir('sample', of, ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  const contents = (folder: string) =>
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'latin1')]);

  beforeAll(async () => {
    const set = ['--data', 'shapes:16', '--set', 'filters=2', '--steps', '2', '--no-serve'];
    expect(await weir('train', 'dcgan', ...set, '--out', images)).toMatchObject({ code: 0 });
  });

  it('writes a folder of pictures, the same for the same seed, in one go or in parts', async () => {
    const said = await write(images, '--format', 'png', '--count', '70', '--out', file('whole'));
    expect(said).toMatch(/whole\n70 samples in [\d.]+ s, [\d,]+ a second\n$/);
    for (const [first, count] of [
      ['0', '40'],
      ['40', '30'],
    ])
      await write(images, '--format', 'png', '--first', first!, '--count', count!, '--out', file('parts'));
    const whole = contents(file('whole'));
    expect(whole.map(([name]) => name)).toEqual([
      ...Array.from({ length: 70 }, (_, i) => `00000${String(i).padStart(2, '0')}.png`),
      'samples.json',
    ]);
    expect(contents(file('parts'))).toEqual(whole);
    await write(images, '--format', 'png', '--seed', '1', '--count', '1', '--out', file('other'));
    expect(contents(file('other'))[0]).not.toEqual(whole[0]);
    // Nothing is left to do.
    expect(await write(images, '--format', 'png', '--count', '70', '--out', file('whole'))).toMatch(
      /^.*\n0 samples in .* a second; 70 were there already\n/,
    );
  });

  it('writes the picture of a sample as the grid shows it', async () => {
    await write(images, '--format', 'png', '--first', '2', '--count', '1', '--out', file('third.png'));
    await write(images, '--count', '4', '--out', file('grid.png'));
    const [one, grid] = ['third.png', 'grid.png'].map((name) => PNG.sync.read(readFileSync(file(name))));
    expect([one!.width, one!.height]).toEqual([16, 16]);
    // The third of four lies below the first; cells of 16 pixels three times as large.
    const at = (y: number, x: number) => ((50 + 2 + 3 * y) * grid!.width + 2 + 3 * x) * 4;
    for (const [y, x] of [
      [0, 0],
      [7, 12],
      [15, 15],
    ] as const)
      expect([...grid!.data.subarray(at(y, x), at(y, x) + 3)]).toEqual([
        ...one!.data.subarray((y * 16 + x) * 4, (y * 16 + x) * 4 + 3),
      ]);
  });

  it('writes numbers as NumPy and as lines, the same ones', async () => {
    await write(run, '--count', '100', '--out', file('a.npy'));
    await write(run, '--count', '100', '--out', file('a.csv'));
    const { shape, data } = parseNpy('a.npy', readFileSync(file('a.npy')));
    expect(shape).toEqual([100, 2]);
    const [head, ...lines] = readFileSync(file('a.csv'), 'utf8').trimEnd().split('\n');
    expect(head).toBe('x,y');
    expect(lines.flatMap((line) => line.split(',').map((x) => Math.fround(Number(x))))).toEqual([...data]);
    await write(images, '--format', 'npy', '--count', '2', '--out', file('arrays'));
    expect(readdirSync(file('arrays')).sort()).toEqual(['0000000.npy', '0000001.npy', 'samples.json']);
    expect(parseNpy('one', readFileSync(file('arrays/0000001.npy'))).shape).toEqual([16, 16, 3]);
  });

  it('draws noise of a file: one row, one sample', async () => {
    const size = Number(/^ *latent: (\d+)/m.exec(readFileSync(join(run, 'config.yaml'), 'utf8'))![1]);
    writeFileSync(file('z.json'), JSON.stringify([new Array(size).fill(0.5), new Array(size).fill(-1)]));
    await write(run, '--latent', file('z.json'), '--out', file('z.npy'));
    expect(parseNpy('z', readFileSync(file('z.npy'))).shape).toEqual([2, 2]);
    writeFileSync(file('short.json'), '[1, 2, 3]');
    const refused = await weir('sample', run, '--latent', file('short.json'), '--out', file('no.npy'));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      `--latent noise: expected rows of ${size} numbers, as wgan-gp takes, got [1,3]`,
    );
    expect(existsSync(file('no.npy'))).toBe(false);
  });

  it('truncates: samples move towards each other', async () => {
    const spread = async (...args: string[]) => {
      await write(run, '--count', '400', '--out', file('t.npy'), ...args);
      const { data } = parseNpy('t', readFileSync(file('t.npy')));
      const mean = [...data].reduce((sum, x) => sum + x, 0) / data.length;
      return [...data].reduce((sum, x) => sum + (x - mean) ** 2, 0);
    };
    expect(await spread('--truncation', '0.2')).toBeLessThan(0.5 * (await spread()));
    expect(await spread('--truncation', '100')).toBe(await spread());
  });

  it('walks through samples as a GIF and as frames of a video', async () => {
    const walk = ['--interpolate', '3', '--frames', '2', '--count', '4'];
    expect(await write(images, ...walk, '--out', file('walk.gif'))).toContain('6 frames in');
    const gif = readFileSync(file('walk.gif'));
    expect(gif.subarray(0, 6).toString('latin1')).toBe('GIF89a');
    expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([102, 102]);
    expect(gif.toString('latin1').split('\x21\xf9\x04')).toHaveLength(7);
    await write(images, ...walk, '--format', 'png', '--out', file('frames'));
    const frames = contents(file('frames'));
    expect(frames.map(([name]) => name)).toEqual([
      ...Array.from({ length: 6 }, (_, i) => `frame-0000${i}.png`),
      'samples.json',
    ]);
    expect(new Set(frames.map(([, content]) => content)).size).toBe(7);
    await write(run, ...walk, '--out', file('points.gif'));
    expect(readFileSync(file('points.gif')).readUInt16LE(6)).toBe(640);
  });

  it('refuses a folder that holds other files, and changes nothing', async () => {
    mkdirSync(file('photos'));
    writeFileSync(file('photos/cat.png'), 'cat');
    const refused = await weir('sample', images, '--format', 'png', '--out', file('photos'));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      '--out: expected a new or empty folder, or one that the same command began',
    );
    expect(contents(file('photos'))).toEqual([['cat.png', 'cat']]);
    const seeded = await weir('sample', images, '--format', 'png', '--seed', '9', '--out', file('whole'));
    expect(seeded.stderr).toContain('which holds samples of another seed');
  });
});

describe('weir sample', () => {
  it('draws a picture from the newest checkpoint and says where it is', async () => {
    const { code, stdout } = await weir('sample', run);
    expect(code).toBe(0);
    const [path, quality] = stdout.split('\n');
    expect(path).toBe(join(run, 'samples/sample-4.png'));
    expect(PNG.sync.read(readFileSync(path!)).width).toBe(640);
    expect(quality).toMatch(/^\d+\/25 modes, \d+ % high quality$/);
  });

  it('gives the same picture for the same seed and another for another', async () => {
    const draw = async (name: string, seed: string) => {
      const file = join(root, name);
      expect(await weir('sample', run, '--count', '50', '--seed', seed, '--out', file)).toMatchObject({
        code: 0,
      });
      return readFileSync(file);
    };
    const first = await draw('a.png', '1');
    expect(await draw('b.png', '1')).toEqual(first);
    expect(await draw('c.png', '2')).not.toEqual(first);
  });

  it('draws the ways from some samples to others', async () => {
    const file = join(root, 'ways.png');
    const { code, stdout } = await weir('sample', run, '--interpolate', '3', '--out', file);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${file}\n` });
    expect(existsSync(file)).toBe(true);
  });

  it.each([
    [['--interpolate', '1'], '--interpolate: expected a whole number from 2 to 64, got 1'],
    [['--count', '0'], '--count: expected a whole number from 1'],
    [['--count', 'many'], '--count: expected a number, got "many"'],
    [
      ['--out', 'x.jpg'],
      '--out: expected a file whose name ends in .png, .npy, .csv or .gif, or --format png',
    ],
    [
      ['--out', 'x.gif', '--format', 'grid'],
      '--out: expected a file whose name ends in .png for the format grid',
    ],
    [['--format', 'jpg'], '--format: expected one of grid, png, npy, csv, gif, got "jpg"'],
    [['--format', 'png', '--out', 'x'], '--format: expected npy, csv, grid or gif for points, got "png"'],
    [['--first', '-1'], '--first: expected a whole number from 0'],
    [['--truncation', '0'], '--truncation: expected a finite number above 0, got 0'],
    [['--frames', '4'], '--frames: expected with interpolate, got 4 without'],
    [['--frames', '4', '--interpolate', '2'], '--frames: expected without interpolate in a grid of 2 x 2'],
    [['--count', '4', '--interpolate', '2'], '--count: expected without interpolate in a grid of 2 x 2'],
    [['--interpolate', '2', '--out', 'x.npy'], '--interpolate: expected with the format grid, png or gif'],
    [['--latent', 'x.txt'], '--latent: expected a file whose name ends in .npy, .npz or .json, got "x.txt"'],
    [['--latent', 'gone.npy'], 'gone.npy: found no such file'],
    [['--seed', '-1'], '--seed: expected a whole number from 0, got -1'],
  ])('refuses %j', async (args, message) => {
    const refused = await weir('sample', run, ...args);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(message);
  });

  it('refuses what is no run', async () => {
    expect(await weir('sample', root)).toMatchObject({ code: 1 });
    expect(existsSync(join(root, 'samples'))).toBe(false);
  });
});
