import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder, weir } from '../support/weir.ts';

const root = scratchFolder();

describe('wgan-gp on the 25 Gaussians, as npm start trains it', () => {
  it.each([1, 2, 3])('seed %i finds all modes, at least four fifths of high quality', async (seed) => {
    const out = join(root, String(seed));
    const { stdout } = await weir(
      'train',
      'wgan-gp',
      '--seed',
      String(seed),
      '--json',
      '--quiet',
      '--out',
      out,
    );
    const { quality, engine, seconds } = JSON.parse(stdout);
    console.info(`seed ${seed} on ${engine}: ${JSON.stringify(quality)} in ${seconds.toFixed(0)} s`);
    expect(quality.modes).toBe(25);
    expect(quality.highQuality).toBeGreaterThanOrEqual(0.8);
  });
});
