import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadRun, weightsHash } from '../../../src/runs/index.ts';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const python = process.env.PYTHON ?? 'python3';
const run = (name: string) => join(root, name);
const card = (name: string) => readFileSync(join(root, name, 'README.md'), 'utf8');
const metadataOf = (name: string) => parse(card(name).split('---\n')[1]!);

/** Whether Python has the library that reads cards of the hub. */
function hasHub(): boolean {
  try {
    execFileSync(python, ['-c', 'import huggingface_hub'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  const quiet = ['--no-serve', '--quiet', '--steps', '2', '--out'];
  const pictures = ['--data', 'shapes:16', '--set', 'filters=2'];
  for (const args of [
    ['wgan-gp', ...small, ...quiet, run('points')],
    ['cgan', ...pictures, ...quiet, run('images')],
    ['cart-pole-ppo', ...quiet, run('agent')],
  ])
    expect(await weir('train', ...args)).toMatchObject({ code: 0 });
});

describe('weir card', () => {
  it('writes a folder that is ready to upload, with scores beside those of real data', async () => {
    const options = ['--license', 'mit', '--samples', '100', '--name', 'my points'];
    const out = run('cards/points');
    const { code, stdout, stderr } = await weir('card', run('points'), '--out', out, ...options);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const files = [
      'README.md',
      'config.json',
      'model.onnx',
      'model.safetensors',
      'samples/grid.png',
      'samples/interpolation.gif',
    ];
    expect(stdout).toBe(`${out}\n${files.map((name) => `  ${name}\n`).join('')}`);
    expect(readdirSync(run('cards'))).toEqual(['points']);
    const metadata = metadataOf('cards/points');
    expect(metadata).toMatchObject({
      license: 'mit',
      library_name: 'weir-streams',
      tags: ['weir-streams', 'wgan-gp', 'gan', 'onnx'],
      'model-index': [{ name: 'my points' }],
    });
    const [{ metrics }] = metadata['model-index'][0].results;
    const [{ type, value, args }] = metrics;
    expect(type).toBe('fid');
    expect(args.floor).toBeLessThan(value);
    expect(card('cards/points')).toContain(`| fid | ${value} | ${args.floor} | lower |`);
    // The same scores as `weir evaluate` finds.
    const evaluated = JSON.parse(
      (await weir('evaluate', run('points'), '--samples', '100', '--json')).stdout,
    );
    expect(value).toBe(Number(evaluated.scores.fid.toPrecision(5)));
    expect(args.floor).toBe(Number(evaluated.floor.fid.toPrecision(5)));
  });

  it('tells the hash of the weights, in every file', async () => {
    const loaded = await loadRun(run('points'), { kind: 'gan' });
    const hash = weightsHash(loaded.trainer.tensors());
    loaded.close();
    expect(JSON.parse(readFileSync(run('cards/points/config.json'), 'utf8'))).toMatchObject({
      sha256: hash,
      recipe: 'wgan-gp',
      data: 'grid25',
      inputs: [{ name: 'noise', shape: ['batch', expect.any(Number)] }],
    });
    for (const name of ['README.md', 'model.onnx', 'model.safetensors'])
      expect(readFileSync(run(`cards/points/${name}`)).includes(hash), name).toBe(true);
  });

  it('knows the task of images, and says where there are no scores', async () => {
    mkdirSync(run('cards/images'));
    expect(await weir('card', run('images'), '--out', run('cards/images'))).toMatchObject({ code: 0 });
    expect(metadataOf('cards/images')).toMatchObject({
      license: 'unknown',
      pipeline_tag: 'unconditional-image-generation',
    });
    expect(metadataOf('cards/images')['model-index']).toBeUndefined();
    expect(card('cards/images')).toContain('None: images are scored by a feature network');
    expect(card('cards/images')).toContain('"condition": np.eye(8, dtype=np.float32)[np.arange(16) % 8]');
  });

  it('plays the episodes of an agent', async () => {
    const args = ['--episodes', '3', '--out', run('cards/agent')];
    expect(await weir('card', run('agent'), ...args)).toMatchObject({ code: 0 });
    const metadata = metadataOf('cards/agent');
    expect(metadata.pipeline_tag).toBe('reinforcement-learning');
    expect(metadata['model-index'][0].results[0]).toMatchObject({ dataset: { name: 'CartPole-v1' } });
    expect(card('cards/agent')).toContain('3 greedy episodes in CartPole-v1');
    expect(readFileSync(run('cards/agent/samples/episode.gif')).subarray(0, 3).toString()).toBe('GIF');
  });

  it.skipIf(!hasHub())('is read by huggingface_hub (needs it in Python)', () => {
    const code = `
import sys
from huggingface_hub import ModelCard
data = ModelCard.load(sys.argv[1]).data
print(data.license, data.library_name, data.eval_results[0].metric_type)`;
    const out = execFileSync(python, ['-c', code, run('cards/points/README.md')], {
      encoding: 'utf8',
    });
    expect(out).toBe('mit weir-streams fid\n');
  });

  it.each([
    [['--license', 'apache-2'], '--license: expected one of apache-2.0', 'did you mean apache-2.0?'],
    [['--out', root], `--out: expected a new or empty folder, got ${root}, which holds `, ''],
    [['--out', `${root}/points/config.yaml`], '--out: expected a new or empty folder', 'ENOTDIR'],
    [['--samples', '1'], '--samples: expected a whole number from 10', ''],
  ])('refuses %j, and writes nothing', async (args, ...messages) => {
    const before = readdirSync(root);
    const refused = await weir('card', run('points'), ...args);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    for (const message of messages) expect(refused.stderr).toContain(message);
    expect(readdirSync(root)).toEqual(before);
  });
});
