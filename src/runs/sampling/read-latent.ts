import { readArrays } from '../../data/index.ts';
import { Value } from '../../engine/index.ts';

/**
 * Noise from a file, for `run.sample({ latent })`: a `.npy`, `.npz` or `.json` file with rows of
 * numbers, or one row; by input of the sampler where there are several.
 * @throws RangeError for another ending, DataMissingError, DataError
 */
export async function readLatent(file: string): Promise<Value | Readonly<Record<string, Value>>> {
  const arrays = await readArrays('latent', file);
  if (arrays instanceof Value) return inRows(arrays);
  return Object.fromEntries(Object.entries(arrays).map(([name, value]) => [name, inRows(value)]));
}

/** One vector is one row. */
function inRows(value: Value): Value {
  return value.shape.length === 1 ? new Value(value.dtype, [1, ...value.shape], value.data) : value;
}
