import { Value } from '../engine/index.ts';
import type { ByteStore } from './byte-store.ts';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import { checkIndices } from './indices.ts';
import { npyNumbers } from './npy.ts';

/** Examples one after the other in the bytes of a file. */
export interface StoredRowsForm {
  readonly name: string;
  /** Of the file, for errors. */
  readonly file: string;
  readonly kind: Dataset['kind'];
  /** Of one example. */
  readonly shape: readonly number[];
  /** The number type, as NumPy calls it. Bytes (`|u1`) become numbers from -1 to 1. */
  readonly descr: string;
  readonly store: ByteStore;
  /** Where the first example begins. */
  readonly start: number;
  readonly size: number;
  /** Whether all rows are checked now, and not each as it is read. */
  readonly checked: boolean;
  readonly labels?: Int32Array | undefined;
  readonly classes?: readonly string[] | undefined;
  readonly fingerprint: string;
}

const mostFloat32 = 3.4028234663852886e38;

/**
 * A dataset of rows that are read by their position, from memory or from a file.
 * @throws DataError, now or as it is read, for numbers that are not finite as float32 or, of
 * images, outside of [-1, 1]
 */
export function storedRows(form: StoredRowsForm): Dataset {
  const { name, file, kind, shape, descr, store, start, size, labels, classes, fingerprint } = form;
  const width = shape.reduce((product, side) => product * side, 1);
  const number = npyNumbers[descr]!;
  const rowBytes = width * number.bytes;
  const limit = kind === 'images' ? 1 : mostFloat32;

  function decode(row: Uint8Array, view: DataView, index: number, out: Float32Array, at: number): void {
    if (descr === '|u1') {
      for (let i = 0; i < width; i++) out[at + i] = row[i]! / 127.5 - 1;
      return;
    }
    for (let i = 0; i < width; i++) {
      const value = number.read(view, i * number.bytes);
      if (!(Math.abs(value) <= limit)) {
        const rule =
          kind === 'images'
            ? 'numbers from -1 to 1, or bytes (uint8), in images'
            : 'finite numbers of float32 in points';
        throw new DataError(
          file,
          start + index * rowBytes + i * number.bytes,
          `expected ${rule}, got ${value} in row ${index}`,
        );
      }
      out[at + i] = value;
    }
  }

  function checkAll(): void {
    const row = new Uint8Array(rowBytes);
    const view = new DataView(row.buffer);
    const unused = new Float32Array(width);
    store.open((readAt) => {
      for (let index = 0; index < size; index++) {
        readAt(start + index * rowBytes, row);
        decode(row, view, index, unused, 0);
      }
    });
  }

  if (form.checked && descr !== '|u1') checkAll();
  return {
    name,
    kind,
    size,
    shape,
    ...(labels !== undefined && classes !== undefined && { classes }),
    fingerprint,
    ...(labels && { labelOf: (index: number) => labels[index]! }),
    fileOf: () => file,
    read(indices) {
      const chosen = checkIndices(name, indices, size);
      const data = new Float32Array(chosen.length * width);
      const row = new Uint8Array(rowBytes);
      const view = new DataView(row.buffer);
      store.open((readAt) => {
        for (let i = 0; i < chosen.length; i++) {
          readAt(start + chosen[i]! * rowBytes, row);
          decode(row, view, chosen[i]!, data, i * width);
        }
      });
      const examples = new Value('float32', [chosen.length, ...shape], data);
      if (labels === undefined) return { examples };
      return {
        examples,
        labels: new Value(
          'int32',
          [chosen.length],
          Int32Array.from(chosen, (index) => labels[index]!),
        ),
      };
    },
  };
}
