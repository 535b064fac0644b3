import { execFile } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { pngFile } from '../data/png-file.ts';
import { tarFile } from '../data/tar-file.ts';
import { buildProgram } from '../support/built.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const size = 20 * 2 ** 30;
const most = 500e6;
const imageBytes = 32 * 32 * 3;
const images = Math.ceil(size / imageBytes);

/** A file of zeros with some bytes in it, which takes no room on the disk. */
function sparse(
  name: string,
  bytes: number,
  parts: readonly (readonly [at: number, data: Uint8Array])[],
): string {
  const path = join(root, name);
  const file = openSync(path, 'w');
  for (const [at, data] of parts) writeSync(file, data, 0, data.length, at);
  closeSync(file);
  truncateSync(path, bytes);
  return path;
}

function npyHeader(): Uint8Array {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${images}, 32, 32, 3), }`.padEnd(117);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(`${text}\n`)]);
}

/** A shard of pictures, each behind two gigabytes that are left out. */
function shard(): string {
  const gap = 2 ** 31;
  const parts: [number, Uint8Array][] = [];
  let at = 0;
  for (let i = 0; i < 10; i++) {
    const header = Buffer.from(tarFile([[`${i}.bin`, new Uint8Array()]]).subarray(0, 512));
    header.write(`${gap.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const picture = pngFile({ width: 16, height: 16, type: 2 }, new Array(768).fill(20 * i));
    const files = tarFile([[`${i}.png`, picture]]);
    parts.push([at, header], [at + 512 + gap, files.subarray(0, files.length - 1024)]);
    at += 512 + gap + files.length - 1024;
  }
  return sparse('shard.tar', at + 1024, parts);
}

/** Whether the disk leaves room out where nothing was written: else the files would fill it. */
function leavesOutHoles(): boolean {
  const path = sparse('probe', 2 ** 24, [[0, Buffer.alloc(1)]]);
  const taken = 512 * statSync(path).blocks;
  rmSync(path);
  return taken < 2 ** 20;
}

const small = [
  ...['--steps', '3', '--batch', '4', '--engine', 'cpu', '--no-serve'],
  ...['--set', 'filters=2', '--set', 'latent=2'],
];

describe.skipIf(!leavesOutHoles())('data of 20 GB', () => {
  let entry: string;
  beforeAll(async () => {
    entry = await buildProgram(root);
  });

  /** Runs the program. @returns the most memory that it has had, in bytes, and what it printed */
  async function run(...args: readonly string[]) {
    const peak = join(root, 'peak');
    const hook = join(import.meta.dirname, '../support/peak-memory.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', hook, entry, ...args], {
      cwd: root,
      env: { ...process.env, WEIR_TEST_PEAK_MEMORY: peak, WEIR_DATA: join(root, 'cache') },
    });
    return { peak: Number(readFileSync(peak, 'utf8')), stdout };
  }

  it.each([
    [
      'raw',
      () => `raw:${sparse('pixels', images * imageBytes, [[size - 5000, Buffer.alloc(3000, 7)]])},32x32x3`,
    ],
    ['npy', () => `npy:${sparse('array.npy', npyHeader().length + images * imageBytes, [[0, npyHeader()]])}`],
    ['shards', () => `shards:${shard()}`],
  ])('is shown and trained on in less than 500 MB: %s', async (kind, make) => {
    const spec = make();
    const path = spec.replace(/^\w+:/, '').replace(/,.*/, '');
    expect(statSync(path).size).toBeGreaterThanOrEqual(size);
    // The disk does not fill: `blocks` counts 512 bytes each.
    expect(512 * statSync(path).blocks).toBeLessThan(50e6);
    const shown = await run('data', 'show', spec);
    const runs = [];
    for (const workers of ['0', '2']) {
      const out = join(root, `${kind}-${workers}`);
      const data = ['--data', spec, '--decode-workers', workers];
      runs.push(await run('train', 'wgan-gp', ...data, ...small, '--out', out));
    }
    const peaks = [shown, ...runs].map(({ peak }) => Math.round(peak / 1e6));
    console.info(
      `${kind}: shown in ${peaks[0]} MB, trained in ${peaks[1]} MB, with two decode workers in ${peaks[2]} MB`,
    );
    expect(shown.stdout).toMatch(kind === 'shards' ? /examples +10\n/ : new RegExp(`examples +${images}\n`));
    for (const { peak } of [shown, ...runs]) expect(peak).toBeLessThan(most);
    const weights = ['0', '2'].map((workers) =>
      readFileSync(join(root, `${kind}-${workers}/checkpoints/checkpoint-0000000003.safetensors`)).toString(
        'base64',
      ),
    );
    expect(weights[1]).toBe(weights[0]);
  });

  it('is refused where a shard is cut short, with shard, offset and rule', async () => {
    const path = shard();
    truncateSync(path, size - 2 ** 29);
    const args = ['--data', `shards:${path}`, '--out', join(root, 'cut')];
    const failed = await run('train', 'wgan-gp', ...args).catch((error) => error);
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toMatch(
      /^weir: .*shard\.tar: at byte \d+: expected 2147483648 bytes of 9\.bin, and the archive has \d+ more\n$/,
    );
  });
});
