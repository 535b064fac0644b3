import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder, weirProcessIn } from '../support/weir.ts';

const root = scratchFolder();

/**
 * The scripts that a command line loads, as V8 lists them for coverage: packages by name, ours by
 * room.
 */
async function loadedBy(
  ...args: string[]
): Promise<{ readonly packages: string[]; readonly rooms: string[] }> {
  const folder = mkdtempSync(join(root, 'coverage-'));
  await weirProcessIn({ NODE_V8_COVERAGE: folder }, ...args).finished;
  const urls = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url);
  });
  const named = (pattern: RegExp) => [...new Set(urls.flatMap((url) => pattern.exec(url)?.[1] ?? []))].sort();
  return {
    // What runs TypeScript is of the tests, not of the program.
    packages: named(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//).filter(
      (name) => !['tsx', 'get-tsconfig', 'resolve-pkg-maps', 'esbuild'].includes(name),
    ),
    rooms: named(/\/src\/([^/]+)\//),
  };
}

describe('the command line', () => {
  it.each([
    ['its version', ['--version']],
    ['help', ['--help']],
    ['the help of a command', ['train', '--help']],
    ['an unknown command', ['trian']],
    ['an unknown option', ['resume', 'run', '--nonsense']],
    ['a value that is no number', ['train', 'wgan-gp', '--steps', 'many']],
  ])('loads nothing but itself for %s', async (_, args) => {
    expect(await loadedBy(...args)).toEqual({ packages: ['commander'], rooms: ['base', 'cli'] });
  });

  it('loads what watches and serves a run only once nothing refuses it', async () => {
    const { packages, rooms } = await loadedBy('train', 'wgan-gp', '--steps', '0');
    expect(packages).toEqual(expect.arrayContaining(['rxjs', '@tensorflow/tfjs-core']));
    expect(
      packages.filter((name) => /prom-client|opentelemetry|backend|onnx|jsquash|koffi/.test(name)),
    ).toEqual([]);
    expect(rooms).not.toContain('telemetry');
    expect(rooms).not.toContain('server');
  });
});
