import { beforeAll, describe, expect, it } from 'vitest';
import { calibrate, damages } from '../../experiments/calibration.ts';
import { openDataset } from '../../src/data/index.ts';
import { openEngine } from '../../src/engine/index.ts';
import type { Scores } from '../../src/evaluation/index.ts';
import { realData } from '../data/real-data.ts';

const folder = realData('fashion-mnist');
if (folder === undefined) console.info('no Fashion-MNIST beside the repository: the calibration is skipped');

describe.skipIf(folder === undefined)('what scores say of 2,000 damaged images of Fashion-MNIST', () => {
  let table: ReadonlyMap<string, Scores>;
  const of = (name: string, score: string) => table.get(name)![score]!;
  const noises = ['other real images', '+ N(0, 0.1)', '+ N(0, 0.3)', '+ N(0, 0.5)'];
  const [real] = noises as [string];

  beforeAll(async () => {
    const { engine } = await openEngine('auto');
    table = await calibrate(await openDataset(`idx:${folder}`), engine, 2000);
  });

  const rising = (names: readonly string[], score: string) => {
    const values = names.map((name) => of(name, score));
    expect(values, score).toEqual([...values].sort((a, b) => a - b));
  };

  it('puts other real images at the floor: coverage 1 - 2^-5, density 1', () => {
    expect(table.size).toBe(damages.length);
    expect(Math.abs(of(real, 'coverage') - 0.969)).toBeLessThan(0.02);
    expect(Math.abs(of(real, 'density') - 1)).toBeLessThan(0.06);
    expect(of(real, 'fid')).toBeLessThan(0.6);
  });

  it('sees noise grow: FID, KID and pixel distance rise, precision and density fall', () => {
    for (const score of ['fid', 'kid', 'slicedWasserstein']) rising(noises, score);
    for (const score of ['precision', 'density', 'coverage', 'inceptionScore'])
      rising([...noises].reverse(), score);
  });

  it('sees blur in FID and recall, and not in precision', () => {
    expect(of('3x3 box blur', 'fid')).toBeGreaterThan(10 * of(real, 'fid'));
    expect(of('3x3 box blur', 'recall')).toBeLessThan(0.5 * of(real, 'recall'));
    expect(of('3x3 box blur', 'precision')).toBeGreaterThan(0.8);
  });

  it('sees missing classes in recall, coverage, modes and IS while precision stays', () => {
    const classes = [real, 'classes 0 to 4 only', 'class 1 only'];
    rising(classes, 'fid');
    for (const score of ['recall', 'coverage', 'modes', 'inceptionScore'])
      rising([...classes].reverse(), score);
    for (const name of classes) expect(of(name, 'precision'), name).toBeGreaterThan(0.8);
  });

  it('sees repeated images in recall and coverage alone', () => {
    expect(of('100 images x 20', 'recall')).toBeLessThan(0.02);
    expect(of('100 images x 20', 'coverage')).toBeLessThan(0.4);
    expect(of('100 images x 20', 'precision')).toBeGreaterThan(0.8);
    expect(of('100 images x 20', 'inceptionScore')).toBeGreaterThan(0.9 * of(real, 'inceptionScore'));
  });

  it('shows by the mean image why precision alone lies', () => {
    expect(of('mean image', 'precision')).toBe(1);
    expect(of('mean image', 'recall')).toBe(0);
    expect(of('mean image', 'coverage')).toBeLessThan(0.01);
    expect(of('mean image', 'inceptionScore')).toBeCloseTo(1, 6);
    expect(of('mean image', 'msSsim')).toBeCloseTo(1, 6);
  });

  it('finds no good in noise and shuffled pixels, and half-good in averages', () => {
    for (const name of ['uniform noise', 'pixels shuffled']) {
      expect(of(name, 'recall'), name).toBeLessThan(0.02);
      expect(of(name, 'coverage'), name).toBeLessThan(0.05);
    }
    rising([real, 'average of two images', 'pixels shuffled'], 'fid');
  });
});
