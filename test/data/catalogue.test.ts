import { describe, expect, it } from 'vitest';
import { DataMissingError, datasetCatalogue, openDataset } from '../../src/data/index.ts';
import { folderWith } from './temporary.ts';

describe('the catalogue', () => {
  it.each(datasetCatalogue.map(({ spec }) => spec))(
    'lists only what can be opened or lacks its files: %s',
    async (spec) => {
      const folder = folderWith();
      const filled = spec
        .replace(/DIR|FILE|PATH/, `${folder}/none`)
        .replace('LABELS', `${folder}/labels`)
        .replace('SIZE', '8')
        .replace('HxWxC', '8x8x1')
        .replace(/:A$/, ':scenes:16')
        .replace('A+B', 'shapes:16+scenes:16')
        .replace('A*3+B', 'shapes:16*3+scenes:16')
        .replace('NAME,held-out=SHARE', 'folder:DIR,held-out=0.1')
        .replace('NAME,flip,rotate=DEG,crop=N,brightness=B,contrast=C', 'shapes:16,flip,crop=2');
      if (/:[A-Z]{3}|=SHARE/.test(spec) || ['mnist', 'fashion-mnist', 'cifar10'].includes(spec))
        await expect(openDataset(filled, { folder })).rejects.toBeInstanceOf(DataMissingError);
      else expect((await openDataset(filled)).read([0]).examples.shape[0]).toBe(1);
    },
  );

  it('has one line about each', () => {
    for (const { about } of datasetCatalogue) expect(about).toMatch(/^[^\n]{10,110}$/);
  });
});
