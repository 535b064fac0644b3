import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
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
    [conditional, ['--class', 'ring', '--interpolate', '2'], '--interpolate: expected without --caption'],
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
    [['--out', 'x.jpg'], '--out: expected a file whose name ends in .png, got "x.jpg"'],
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
