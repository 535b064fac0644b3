import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFeatures } from '../../../src/runs/index.ts';
import { idxFile } from '../../data/idx-file.ts';
import { scratchFolder, weir } from '../../support/weir.ts';

const root = scratchFolder();
const data = join(root, 'bars');
const run = join(root, 'run');
const features = join(root, 'features.safetensors');

/** Images of 16 pixels with a bright row that tells their class, and something of their own. */
function part(prefix: string, count: number, shift: number): void {
  const images = Array.from({ length: count }, (_, image) =>
    Array.from({ length: 256 }, (_, pixel) =>
      Math.floor(pixel / 16) === 4 * (image % 3) ? 255 : (31 * (image + shift) + 7 * pixel) % 60,
    ),
  );
  writeFileSync(join(data, `${prefix}-images-idx3-ubyte`), idxFile([count, 16, 16], images.flat()));
  const labels = Array.from({ length: count }, (_, image) => image % 3);
  writeFileSync(join(data, `${prefix}-labels-idx1-ubyte`), idxFile([count], labels));
}

const trainFeatures = async (file: string, ...args: string[]) => {
  const all = ['--data', `idx:${data}`, '--images', '20', '--epochs', '1', '--out', file];
  const { code, stdout, stderr } = await weir('features', 'train', ...all, ...args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
};

beforeAll(async () => {
  mkdirSync(data);
  part('train', 100, 0);
  part('t10k', 60, 1000);
  await trainFeatures(features);
  const { code, stderr } = await weir(
    'train',
    'cgan',
    '--data',
    `idx:${data}`,
    '--engine',
    'cpu',
    '--set',
    'filters=2',
    '--steps',
    '2',
    '--batch',
    '4',
    '--no-serve',
    '--quiet',
    '--out',
    run,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

const evaluate = (...args: string[]) =>
  weir('evaluate', run, '--features', features, '--samples', '24', '--metrics', 'kid', ...args);

describe('weir evaluate on images', () => {
  it('tells memorisation by the test part, and transfer by the classes that were asked for', async () => {
    const { code, stdout, stderr } = await evaluate('--memorisation', '--transfer', '--json', '--quiet');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { index, samples, seconds, scores, memorisation, transfer, ...found } = JSON.parse(stdout);
    expect({ index, samples, scores: Object.keys(scores) }).toEqual({
      index: 2,
      samples: 24,
      scores: ['kid'],
    });
    expect(found.features.hash).toBe((await readFeatures(features)).hash);
    expect(seconds).toBeGreaterThan(0);
    // As many training examples as there are in the test part.
    expect(memorisation.examples).toBe(60);
    expect(transfer.reference).toBeGreaterThan(0.9);
    const text = (await evaluate('--memorisation', '--transfer')).stdout;
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    expect(text).toContain(`memorisation: samples are ${Number(memorisation.ratio.toPrecision(4))} times`);
    expect(text).toContain(`; ${percent(memorisation.copies)} lie nearer`);
    const { ganTrain, ganTest, reference } = transfer;
    expect(text).toContain(
      `transfer: GAN-train ${percent(ganTrain)}, GAN-test ${percent(ganTest)}; real to real ${percent(reference)}`,
    );
    expect((await evaluate()).stdout).not.toMatch(/memorisation|transfer/);
  });

  it('takes other samples for another seed, and the features of the run where none are named', async () => {
    const kid = async (...args: string[]) =>
      JSON.parse((await evaluate('--json', ...args)).stdout).scores.kid;
    expect(await kid('--seed', '1')).not.toBe(await kid());
    expect(await kid('--seed', '0')).toBe(await kid());
    const refused = await weir('evaluate', run);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('--features: expected a file for the images of');
  });

  it('refuses episodes, which are for agents', async () => {
    const { code, stderr } = await evaluate('--episodes', '3');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'weir: --episodes: expected none for the run of a GAN, got 3\n',
    });
  });
});

describe('weir features train', () => {
  const hashOf = async (file: string) => (await readFeatures(file)).hash;

  it.each([
    ['--epochs', '2'],
    ['--images', '24'],
    ['--labels', 'rotations'],
    ['--seed', '2'],
  ])('makes another network with %s %s', async (option, value) => {
    const file = join(root, `other${option}.safetensors`);
    expect(await trainFeatures(file, option, value)).toContain(`hash ${await hashOf(file)}`);
    expect(await hashOf(file)).not.toBe(await hashOf(features));
    expect((await readFeatures(file)).labels).toBe(option === '--labels' ? 'rotations' : 'classes');
  });

  it('makes the same one again, says so in JSON, and nothing where it is to be quiet', async () => {
    const [one, two] = [join(root, 'one.safetensors'), join(root, 'two.safetensors')];
    const told = JSON.parse(await trainFeatures(one, '--json'));
    expect(told).toMatchObject({ file: one, hash: await hashOf(features), classes: 3, labels: 'classes' });
    expect(told).not.toHaveProperty('weights');
    expect(await trainFeatures(two, '--quiet')).toBe('');
    expect(await hashOf(two)).toBe(told.hash);
  });
});
