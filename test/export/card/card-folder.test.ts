import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkCardFolder, writeCardFolder } from '../../../src/export/index.ts';
import { type LoadedGan, loadRun } from '../../../src/runs/index.ts';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const run = (name: string) => join(root, name);

async function opened<Result>(use: (run: LoadedGan) => Promise<Result>): Promise<Result> {
  const loaded = await loadRun(run('points'), { kind: 'gan' });
  return use(loaded).finally(() => loaded.close());
}

beforeAll(async () => {
  const args = ['wgan-gp', ...small, '--no-serve', '--quiet', '--steps', '2', '--out', run('points')];
  expect(await weir('train', ...args)).toMatchObject({ code: 0 });
  const files = await opened((loaded) => writeCardFolder(loaded, run('card'), { samples: 100 }));
  expect(files).toHaveLength(6);
});

describe('checkCardFolder', () => {
  it.each<[string, (folder: string) => void, string]>([
    ['no model', (folder) => rmSync(join(folder, 'model.onnx')), 'a file model.onnx, got none'],
    ['an empty file', (folder) => writeFileSync(join(folder, 'model.safetensors'), ''), 'with content'],
    ['no picture', (folder) => rmSync(join(folder, 'samples/grid.png')), 'the picture samples/grid.png'],
    ['no metadata', (folder) => writeFileSync(join(folder, 'README.md'), '# x\n'), 'license in the metadata'],
    [
      'the weights of another model',
      (folder) => writeFileSync(join(folder, 'model.onnx'), 'another'),
      'model.onnx of the model',
    ],
  ])('finds %s', (name, damage, message) => {
    const folder = run(`damaged-${name}`);
    cpSync(run('card'), folder, { recursive: true });
    expect(checkCardFolder(folder)).toHaveLength(6);
    damage(folder);
    expect(() => checkCardFolder(folder)).toThrow(message);
  });

  it('stops at a signal, and leaves nothing', async () => {
    const signal = AbortSignal.abort('SIGTERM');
    await opened((loaded) =>
      expect(writeCardFolder(loaded, run('stopped'), { signal })).rejects.toThrow(
        'card: stopped by SIGTERM; nothing was written',
      ),
    );
    expect(readdirSync(root).filter((name) => name.startsWith('stopped'))).toEqual([]);
  });

  it('lets nothing half-made stay where a part fails', async () => {
    const options = { features: 'gone.safetensors' };
    await opened((loaded) => expect(writeCardFolder(loaded, run('failed'), options)).rejects.toThrow('gone'));
    expect(readdirSync(root).filter((name) => name.startsWith('failed'))).toEqual([]);
  });
});
