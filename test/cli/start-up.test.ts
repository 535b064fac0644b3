import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder, small, weir, weirProcessIn } from '../support/weir.ts';

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
      packages.filter((name) => /prom-client|opentelemetry|layers|backend|onnx|jsquash|koffi/.test(name)),
    ).toEqual([]);
    expect(rooms).not.toContain('telemetry');
    expect(rooms).not.toContain('server');
  });

  it.each([
    ['a token', ['train', 'wgan-gp', '--out', join(root, 'token'), '--control', root]],
    ['a webhook', ['train', 'wgan-gp', '--out', join(root, 'webhook'), '--alert-webhook', 'ftp://x']],
  ])('opens no engine, and no exporter that is not asked for, before it refuses %s', async (_, args) => {
    const { packages, rooms } = await loadedBy(...args);
    expect(rooms).toEqual(expect.arrayContaining(['telemetry', 'server']));
    expect(packages.filter((name) => /opentelemetry/.test(name))).toEqual(['@opentelemetry/api']);
    expect(packages.filter((name) => /layers|backend|onnx|koffi/.test(name))).toEqual([]);
  });

  it.each([
    ['data', ['--data', 'grid52']],
    ['a checkpoint', ['--checkpoint', join(root, 'none.safetensors')]],
  ])('opens no engine before it refuses %s of a run', async (_, options) => {
    const run = join(mkdtempSync(join(root, 'run-')), 'gan');
    await weir('train', 'wgan-gp', ...small, '--steps', '1', '--no-serve', '--out', run);
    const { packages } = await loadedBy('evaluate', run, ...options);
    expect(packages.filter((name) => /layers|backend|onnx|koffi/.test(name))).toEqual([]);
  });
});
