import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { scratchFolder, weir } from '../../support/weir.ts';

const root = scratchFolder();
const run = join(root, 'cliff');
const train = ['--engine', 'cpu', '--quiet', '--no-serve'];

describe('weir render', () => {
  it('draws a greedy episode as an animation, or as a strip', async () => {
    expect(await weir('train', 'cliff-walking-q', ...train, '--out', run)).toMatchObject({ code: 0 });
    const { code, stdout } = await weir('render', run);
    expect(code).toBe(0);
    const file = stdout.split('\n')[0]!;
    expect(file).toMatch(/samples\/episode-\d+\.gif$/);
    expect(stdout).toContain('return -13 in 13 steps, ended by termination');
    const gif = readFileSync(file);
    expect(gif.subarray(0, 6).toString('latin1')).toBe('GIF89a');
    // Thirteen steps and the cell before the first: fourteen pictures.
    const control = Buffer.from([0x21, 0xf9, 0x04]);
    let pictures = 0;
    for (let at = gif.indexOf(control); at >= 0; at = gif.indexOf(control, at + 1)) pictures++;
    expect(pictures).toBe(14);

    // The width and, two bytes further, the height of the whole picture.
    expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([320, 107]);
    const named = join(root, 'named.gif');
    const defaults = ['--episode', '0', '--seed', '0', '--width', '320'];
    expect(await weir('render', run, '--out', named, ...defaults)).toMatchObject({ code: 0 });
    expect(readFileSync(named).equals(gif)).toBe(true);

    const strip = join(root, 'new', 'strip.png');
    expect(await weir('render', run, '--out', strip, '--width', '120')).toMatchObject({ code: 0 });
    const { width, height } = PNG.sync.read(readFileSync(strip));
    expect([width, height]).toEqual([4 * 124 + 4, 3 * 44 + 4]);
  });

  it('names what it cannot do, and leaves nothing behind', async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await weir('render', ...args);
      expect(code).toBe(1);
      return stderr;
    };
    const out = join(root, 'film.mp4');
    expect(await refused(run, '--out', out)).toContain(
      '--out: expected a file whose name ends in .gif or .png, got "',
    );
    expect(existsSync(out)).toBe(false);
    expect(await refused(run, '--width', '3')).toContain(
      '--width: expected a whole number from 16 to 4096, got 3',
    );
    expect(await refused(root)).toContain('run directory: expected the directory of a run');
  });

  it('is for agents only', async () => {
    const gan = join(root, 'gan');
    const small = ['--steps', '1', '--batch', '8', '--set', 'width=4', '--set', 'depth=1'];
    expect(await weir('train', 'wgan', ...train, ...small, '--out', gan)).toMatchObject({ code: 0 });
    expect((await weir('render', gan)).stderr).toContain('run directory: expected the run of an agent, got');
  });
});
