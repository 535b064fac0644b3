import { basename, join, resolve } from 'node:path';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import { heldFingerprint } from './fingerprint.ts';
import { type ImageFolderOptions, namedImages } from './image-folder.ts';

const namesShown = 5;

/**
 * Pairs of pictures of equal names in the folders `a` and `b` of a folder, whatever their formats:
 * the examples are those of `b`, what is to be made, and the part `source` of a batch is that of
 * `a`, from which it is made.
 * @throws DataError for a picture without a partner; and what `imageFolder` throws, of either
 */
export async function pairedFolders(folder: string, options: ImageFolderOptions = {}): Promise<Dataset> {
  const { name = `pairs:${basename(resolve(folder))}`, ...own } = options;
  const [sources, targets] = [join(folder, 'a'), join(folder, 'b')];
  const a = await namedImages(sources, { ...own, name: `${name}: a` });
  const b = await namedImages(targets, { ...own, name: `${name}: b` });
  const [left, right] = [a, b].map(({ allFiles }) => allFiles.map(stem));
  const alone = [
    ...left!.filter((file) => !right!.includes(file)).map((file) => `a/${file}`),
    ...right!.filter((file) => !left!.includes(file)).map((file) => `b/${file}`),
  ];
  if (alone.length > 0) {
    const more = alone.length > namesShown ? ', ...' : '';
    const rule = `expected pictures of equal names in a and b, got ${alone.length} without a partner`;
    throw new DataError(folder, undefined, `${rule} (${alone.slice(0, namesShown).join(', ')}${more})`);
  }
  const order = b.files.map((file) => a.files.map(stem).indexOf(stem(file)));
  const { dataset } = b;
  return {
    ...dataset,
    name,
    parts: { source: a.dataset.shape },
    fingerprint: heldFingerprint({ pairs: true }, Buffer.from(a.dataset.fingerprint + dataset.fingerprint)),
    read(indices) {
      const batch = dataset.read(indices);
      const { examples: source } = a.dataset.read(Array.from(indices, (index) => order[index]!));
      return { ...batch, parts: { source } };
    },
  };
}

/** The name of a file without its ending, by which pictures are partners. */
const stem = (file: string): string => file.replace(/\.[^./]*$/, '');
