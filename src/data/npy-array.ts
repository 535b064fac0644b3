import { basename } from 'node:path';
import { hintOf, show, wholeNumber } from '../base/index.ts';
import { type ByteStore, fileBytes, heldBytes, mostHeld, sampledFingerprint } from './byte-store.ts';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import { heldFingerprint } from './fingerprint.ts';
import { mostClasses } from './most-classes.ts';
import { mostNpyHeader, type NpyForm, npyForm, parseNpy } from './npy.ts';
import { readBytes } from './read-bytes.ts';
import { storedRows } from './stored-rows.ts';
import { unzip } from './unzip.ts';

/** Which arrays are read. */
export interface NpyOptions {
  /** Of `.npy`, a file with a label for each example; of `.npz`, the name of that array. */
  readonly labels?: string;
  /** Of `.npz`, the name of the array of examples. @default the only other one */
  readonly array?: string;
  /** At most this many examples: the first ones. */
  readonly limit?: number;
  /** `npy:` or `npz:` and the name of the file without it. */
  readonly name?: string;
  /** Of `.npy`, bytes up to which the file is held in memory. @default 256 MiB */
  readonly mostHeld?: number;
}

/** Examples in bytes, and their labels. */
interface StoredArray {
  readonly store: ByteStore;
  readonly form: NpyForm;
  readonly held: boolean;
  readonly fingerprint: (form: unknown) => string;
}

/**
 * The rows of an array of NumPy as a dataset: [n, d] is points; [n, height, width] and [n, height,
 * width, channels], with 1 to 4 channels, are images. Bytes (u1) become numbers from -1 to 1:
 * byte / 127.5 - 1. Other numbers stay as they are; those of images must be in [-1, 1]. A `.npy`
 * file of more than 256 MiB stays on the disk, and its numbers are checked as they are read.
 * @throws DataMissingError, DataError for another form, RangeError for an array that is not there
 */
export async function npyArray(file: string, options: NpyOptions = {}): Promise<Dataset> {
  const { name = `npy:${basename(file)}`, labels } = options;
  const store = await fileBytes(file);
  const held = store.length <= (options.mostHeld ?? mostHeld);
  // Of a gzipped file only its header fails here: it is held in any case.
  const bytes = held ? await readBytes(file) : new Uint8Array(Math.min(store.length, mostNpyHeader));
  if (!held) store.open((readAt) => readAt(0, bytes));
  const form = npyForm(file, bytes, held ? bytes.length : store.length);
  const given = labels === undefined ? undefined : parseNpy(labels, await readBytes(labels));
  const array: StoredArray = held
    ? { store: heldBytes(bytes), form, held, fingerprint: (of) => heldFingerprint(of, bytes) }
    : { store, form, held, fingerprint: (of) => sampledFingerprint(of, store) };
  return dataOf(file, name, array, labels, given, options.limit);
}

/** The same of a `.npz` file, which is held in memory. @throws as `npyArray` does */
export async function npzArray(file: string, options: NpyOptions = {}): Promise<Dataset> {
  const { name = `npz:${basename(file)}`, labels } = options;
  const members = new Map(
    [...unzip(file, await readBytes(file))].map(([member, content]) => [
      member.replace(/\.npy$/, ''),
      content,
    ]),
  );
  const memberOf = (option: string, wanted: string) => {
    const found = members.get(wanted);
    if (found !== undefined) return found;
    const names = [...members.keys()];
    throw new RangeError(
      `${option}: expected an array of ${file} (${names.join(', ')}), got ${show(wanted)}${hintOf(wanted, names)}`,
    );
  };
  const others = [...members.keys()].filter((member) => member !== labels);
  const wanted = options.array ?? (others.length === 1 ? others[0] : undefined);
  if (wanted === undefined)
    throw new RangeError(
      `array: expected the name of an array of ${file} (${others.join(', ') || 'none'}), got none`,
    );
  const bytes = memberOf('array', wanted);
  const given = labels === undefined ? undefined : parseNpy(`${file}: ${labels}`, memberOf('labels', labels));
  const array = {
    store: heldBytes(bytes),
    form: npyForm(`${file}: ${wanted}`, bytes, bytes.length),
    held: true,
    fingerprint: (of: unknown) => heldFingerprint(of, bytes),
  };
  return dataOf(`${file}: ${wanted}`, name, array, labels, given, options.limit);
}

function dataOf(
  file: string,
  name: string,
  { store, form, held, fingerprint }: StoredArray,
  labelFile: string | undefined,
  labels: { readonly shape: readonly number[]; readonly data: ArrayLike<number> } | undefined,
  limit = Number.MAX_SAFE_INTEGER,
): Dataset {
  const { kind, shape } = exampleForm(file, form.shape);
  const [count] = form.shape as [number];
  const size = Math.min(count, wholeNumber('limit', limit, 1));
  const labelled = labels && labelsOf(labelFile!, labels, count);
  return storedRows({
    name,
    file,
    kind,
    shape,
    descr: form.descr,
    store,
    start: form.start,
    size,
    checked: held,
    ...labelled,
    fingerprint: fingerprint({ shape, size, labels: labelled && digestOf(labelled.labels, size) }),
  });
}

function digestOf(labels: Int32Array, size: number): string {
  return heldFingerprint({ size }, new Uint8Array(labels.buffer, labels.byteOffset, 4 * size));
}

/** What the rows of an array are. */
function exampleForm(file: string, shape: readonly number[]): Pick<Dataset, 'kind' | 'shape'> {
  const [count = 0, ...own] = shape;
  const refuse = (hint = '') => {
    const rule = `expected [n, d] or images [n, height, width, channels] with 1 to 4 channels, got [${shape}]`;
    throw new DataError(file, undefined, rule + hint);
  };
  if (count === 0 || own.length === 0 || own.length > 3 || own.includes(0)) return refuse();
  if (own.length === 1) return { kind: 'points', shape: own };
  if (own.length === 2) return { kind: 'images', shape: [...own, 1] };
  const [first, , channels] = own as [number, number, number];
  if (channels > 4)
    return refuse(first <= 4 ? '; numpy.transpose(x, (0, 2, 3, 1)) puts the channels last' : '');
  return { kind: 'images', shape: own };
}

function labelsOf(
  file: string,
  { shape, data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
  count: number,
) {
  if (shape.join() !== String(count))
    throw new DataError(file, undefined, `expected ${count} labels, one for each example, got [${shape}]`);
  let highest = 0;
  for (let i = 0; i < count; i++) {
    const label = data[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < mostClasses))
      throw new DataError(
        file,
        undefined,
        `expected labels that are whole numbers from 0 to ${mostClasses - 1}, got ${label} in row ${i}`,
      );
    highest = Math.max(highest, label);
  }
  return {
    labels: Int32Array.from(data),
    classes: Array.from({ length: highest + 1 }, (_, label) => String(label)),
  };
}
