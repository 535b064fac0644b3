import { Value } from '../engine/index.ts';
import type { Dataset } from './dataset.ts';
import { checkIndices } from './indices.ts';

/** Points in memory. */
export interface HeldRowsForm {
  readonly name: string;
  /** Of one point. */
  readonly shape: readonly [number];
  readonly data: Float32Array;
  /** The class of each point, below the number of classes. */
  readonly labels?: Int32Array;
  readonly classes?: readonly string[];
  readonly fingerprint: string;
}

/** A dataset of points that are held as they are read. */
export function heldRows({ data, labels, ...form }: HeldRowsForm): Dataset {
  const [width] = form.shape;
  const size = data.length / width;
  return {
    ...form,
    kind: 'points',
    size,
    read(indices) {
      const chosen = Array.from(checkIndices(form.name, indices, size));
      const rows = new Float32Array(chosen.length * width);
      chosen.forEach((index, i) => {
        rows.set(data.subarray(index * width, (index + 1) * width), i * width);
      });
      return {
        examples: new Value('float32', [chosen.length, width], rows),
        ...(labels && {
          labels: new Value(
            'int32',
            [chosen.length],
            Int32Array.from(chosen, (index) => labels[index]!),
          ),
        }),
      };
    },
  };
}
