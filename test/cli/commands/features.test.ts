import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFeatures } from '../../../src/runs/index.ts';
import { scratchFolder, weir } from '../../support/weir.ts';

const root = scratchFolder();

describe('weir features', () => {
  it('trains a network on pictures, keeps it, and shows what it is', async () => {
    const file = join(root, 'shapes.safetensors');
    const trained = await weir(
      'features',
      'train',
      '--data',
      'shapes:16',
      '--images',
      '200',
      '--epochs',
      '2',
      '--out',
      file,
    );
    expect(trained.code).toBe(0);
    const { hash, accuracy, shape } = await readFeatures(file);
    expect(shape).toEqual([16, 16, 3]);
    expect(trained.stdout).toContain(`hash ${hash}`);
    expect(trained.stdout).toContain(`${(100 * accuracy).toFixed(1)} % of held-out images right`);
    const shown = await weir('features', 'show', file, '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({ file, hash, accuracy, data: 'shapes:16' });
  });

  it('refuses a name that says something else, before it learns', async () => {
    const { code, stderr } = await weir('features', 'train', '--data', 'shapes:16', '--out', 'x.onnx');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'weir: --out: expected a file whose name ends in .safetensors, got "x.onnx"\n',
    });
  });

  it('refuses points and files that hold none', async () => {
    const refused = await weir(
      'features',
      'train',
      '--data',
      'ring8',
      '--out',
      join(root, 'ring.safetensors'),
    );
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('features: expected images, got ring8, which is points');
    expect(existsSync(join(root, 'ring.safetensors'))).toBe(false);
    expect(await weir('features', 'show', join(root, 'ring.safetensors'))).toMatchObject({ code: 1 });
  });
});
