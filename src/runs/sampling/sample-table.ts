import { writeStream } from '../../base/index.ts';
import { npyBytes, npyHeader } from '../../data/index.ts';
import { sizeOf, type Value } from '../../engine/index.ts';

/** The kinds of files that hold all samples as numbers. */
export type TableFormat = 'npy' | 'csv';

/**
 * Writes samples as numbers into one file, part by part, whole or not at all: an array of NumPy,
 * float32 [count, ...shape], or lines of numbers below a line of names.
 * @param count of all samples
 * @param shape of one sample; one axis for `csv`
 * @throws the system's error, or that of the samples
 */
export async function writeSampleTable(
  path: string,
  samples: AsyncIterable<Value>,
  { format, count, shape }: { format: TableFormat; count: number; shape: readonly number[] },
): Promise<void> {
  await writeStream(path, format === 'npy' ? npy(samples, count, shape) : csv(samples, shape));
}

async function* npy(samples: AsyncIterable<Value>, count: number, shape: readonly number[]) {
  yield npyHeader([count, ...shape]);
  for await (const { data } of samples) yield npyBytes(data);
}

/** One sample as a file of an array, float32 [...shape]. */
export function npyOf({ shape, data }: Value, index: number): Uint8Array {
  const row = shape.slice(1);
  const size = sizeOf(row);
  return Buffer.concat([npyHeader(row), npyBytes(data.subarray(index * size, (index + 1) * size))]);
}

const axes = ['x', 'y', 'z'];

async function* csv(samples: AsyncIterable<Value>, [width = 1]: readonly number[]) {
  const names = Array.from({ length: width }, (_, i) => (width <= axes.length ? axes[i] : `x${i}`));
  yield `${names.join(',')}\n`;
  for await (const { data, shape } of samples) {
    const lines = Array.from({ length: shape[0]! }, (_, row) =>
      // Nine digits are enough to read a float32 back as it was.
      Array.from(data.subarray(row * width, (row + 1) * width), (x) => Number(x.toPrecision(9))).join(','),
    );
    yield `${lines.join('\n')}\n`;
  }
}
