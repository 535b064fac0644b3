import { basename } from 'node:path';
import { decodeTensors } from '../checkpoint/index.ts';
import { fold, keyOf, permutation, Value } from '../engine/index.ts';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import { heldFingerprint } from './fingerprint.ts';
import { parseNpy } from './npy.ts';
import { readBytes } from './read-bytes.ts';
import { unzip } from './unzip.ts';

/** Of several embeddings of an example, so many are averaged. Reed et al. take 4. */
const averaged = 4;

/**
 * A dataset with an embedding of each example, from a text encoder of elsewhere: the part
 * `embedding`, [size]. The file is safetensors with a float32 tensor `embedding`, or npz with an
 * array `embedding` (or one array alone) of f4, f8, i4 or u1; of shape [examples, size], or
 * [examples, captions, size], of which the mean of 4 captions is taken, drawn by the number of the
 * example. Rows are in the order of the examples. The fingerprint covers the file.
 * @throws DataMissingError where there is no file; DataError where it is another one, such as one
 * with pickled objects, or its rows are not as many as the examples
 */
export async function withEmbeddings(dataset: Dataset, file: string): Promise<Dataset> {
  const bytes = await readBytes(file);
  const all = file.endsWith('.safetensors') ? fromSafetensors(file, bytes) : fromNpz(file, bytes);
  const [count = 0, ...rest] = all.shape;
  const [captions, size] = rest.length === 1 ? [1, rest[0]!] : [rest[0]!, rest[1]!];
  if (all.dtype !== 'float32' || rest.length < 1 || rest.length > 2 || count * captions * size === 0)
    throw new DataError(
      file,
      undefined,
      `expected float32 of [examples, size] or [examples, captions, size], got ${all.dtype} of [${all.shape}]`,
    );
  if (count !== dataset.size)
    throw new DataError(
      file,
      undefined,
      `expected a row for each of the ${dataset.size} examples of ${dataset.name}, got ${count}`,
    );
  const bad = (all.data as Float32Array).findIndex((number) => !Number.isFinite(number));
  if (bad >= 0)
    throw new DataError(
      file,
      undefined,
      `expected finite numbers, got ${all.data[bad]} in row ${Math.floor(bad / (captions * size))}`,
    );
  const rows = means(all, captions, size);
  return {
    ...dataset,
    parts: { ...dataset.parts, embedding: [size] },
    fingerprint: heldFingerprint({ file: basename(file) }, Buffer.from(dataset.fingerprint), bytes),
    read(indices) {
      const batch = dataset.read(indices);
      const data = new Float32Array(indices.length * size);
      Array.from(indices, (index, i) => data.set(rows.subarray(index * size, (index + 1) * size), i * size));
      const embedding = new Value('float32', [indices.length, size], data);
      return { ...batch, parts: { ...batch.parts, embedding } };
    },
  };
}

/** For each example the mean of some of its embeddings. */
function means({ shape, data }: Value, captions: number, size: number): Float32Array {
  if (captions === 1) return data as Float32Array;
  const key = keyOf(0, 'data/embeddings');
  const [count = 0] = shape;
  const rows = new Float32Array(count * size);
  for (let example = 0; example < count; example++) {
    const chosen = permutation(fold(key, example), captions).subarray(0, averaged);
    for (const caption of chosen)
      for (let i = 0; i < size; i++)
        rows[example * size + i]! += data[(example * captions + caption) * size + i]! / chosen.length;
  }
  return rows;
}

function fromSafetensors(file: string, bytes: Uint8Array): Value {
  return arrayIn(file, decodeTensors(bytes, file));
}

function fromNpz(file: string, bytes: Uint8Array): Value {
  const members = [...unzip(file, bytes)].map(([name, content]): [string, () => Value] => [
    name.replace(/\.npy$/, ''),
    () => parseNpy(`${file}: ${name}`, content),
  ]);
  return arrayIn(file, new Map(members))();
}

/** The array `embedding`, or the only one. */
function arrayIn<Item>(file: string, arrays: ReadonlyMap<string, Item>): Item {
  const found = arrays.get('embedding') ?? (arrays.size === 1 ? [...arrays.values()][0] : undefined);
  if (found !== undefined) return found;
  const names = [...arrays.keys()].join(', ');
  throw new DataError(file, undefined, `expected an array embedding, got ${names || 'none'}`);
}
