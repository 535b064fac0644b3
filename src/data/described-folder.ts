import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readCaptions } from './caption-files.ts';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import { sideFiles } from './list-pictures.ts';
import { withCaptions } from './with-captions.ts';
import { withEmbeddings } from './with-embeddings.ts';

const namesShown = 5;

/** The images of a folder, and where they come from. */
export interface NamedImages {
  readonly dataset: Dataset;
  /** The file of each example, relative to the folder, with slashes. */
  readonly files: readonly string[];
  /** Those of all pictures of the folder, the ones beyond a limit included. */
  readonly allFiles: readonly string[];
}

/** The images of a folder with the captions and the embeddings that lie beside them. */
export async function describedFolder(folder: string, images: NamedImages): Promise<Dataset> {
  const captions = await sideFile(folder, 'captions');
  const embeddings = await sideFile(folder, 'embeddings');
  const { dataset } = images;
  const embedded = embeddings === undefined ? dataset : await withEmbeddings(dataset, embeddings);
  return captions === undefined ? embedded : captioned(captions, embedded, images);
}

/** The file of that name; undefined without one. @throws DataError where there are two */
async function sideFile(folder: string, name: string): Promise<string | undefined> {
  const files = sideFiles.filter((side) => side.startsWith(`${name}.`)).map((side) => join(folder, side));
  const present = await Promise.all(
    files.map((file) =>
      stat(file).then(
        (found) => found.isFile(),
        () => false,
      ),
    ),
  );
  const found = files.filter((_, i) => present[i]);
  if (found.length > 1)
    throw new DataError(
      folder,
      undefined,
      `expected one file of ${name}, got ${found.map((file) => basename(file)).join(' and ')}`,
    );
  return found[0];
}

async function captioned(file: string, dataset: Dataset, { files, allFiles }: NamedImages): Promise<Dataset> {
  const captions = await readCaptions(file);
  const known = new Set(allFiles);
  refuse(
    file,
    [...captions.keys()].filter((name) => !known.has(name)),
    (count) => `expected captions of pictures in the folder, got ${count} of files that are not there`,
  );
  refuse(
    file,
    files.filter((name) => !captions.has(name)),
    (count) => `expected a caption for every picture, got none for ${count} of ${files.length}`,
  );
  refuse(
    file,
    files.filter((name) => captions.get(name)!.some((caption) => !/[\p{L}\p{N}]/u.test(caption))),
    (count) => `expected words in every caption, got none in those of ${count}`,
  );
  return withCaptions(
    dataset,
    files.map((name) => captions.get(name)!),
  );
}

/** Refuses a file because of some pictures, and names the first of them. */
function refuse(file: string, names: readonly string[], rule: (count: number) => string): void {
  if (names.length === 0) return;
  const more = names.length > namesShown ? ', ...' : '';
  throw new DataError(
    file,
    undefined,
    `${rule(names.length)} (${names.slice(0, namesShown).join(', ')}${more})`,
  );
}
