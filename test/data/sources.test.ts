import { stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/data/download.ts';
import { sources } from '../../src/data/sources.ts';
import { realData } from './real-data.ts';

describe('the sources', () => {
  it('name every file with its size and a SHA-256 of its own', () => {
    const files = sources.flatMap((source) => source.files);
    for (const { sha256, bytes } of files) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(bytes).toBeGreaterThan(1000);
    }
    expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(files.length);
  });

  it('have at least two mirrors each, none ending in a slash', () => {
    for (const { mirrors } of sources) {
      expect(new Set(mirrors.map((mirror) => new URL(mirror).host)).size).toBeGreaterThan(1);
      for (const mirror of mirrors) expect(mirror).not.toMatch(/\/$/);
    }
  });

  const fashion = realData('fashion-mnist');
  it.skipIf(fashion === undefined)(
    'agree with the real files of Fashion-MNIST (skipped where they are not beside the repository)',
    async () => {
      const { files } = sources.find(({ name }) => name === 'fashion-mnist')!;
      for (const file of files) {
        const path = realData('fashion-mnist', file.name)!;
        expect((await stat(path)).size).toBe(file.bytes);
        expect(await check(file, path)).toBeUndefined();
      }
    },
  );
});
