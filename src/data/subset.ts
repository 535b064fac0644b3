import { isCaptioned } from './captioned.ts';
import type { Dataset } from './dataset.ts';
import { checkIndices } from './indices.ts';

/**
 * Some examples of a dataset as one of its own.
 * @param numbers the examples, which stay in this order
 * @param form its name and fingerprint. @default those of the dataset
 */
export function subset(
  dataset: Dataset,
  numbers: ArrayLike<number>,
  form: Partial<Pick<Dataset, 'name' | 'fingerprint'>> = {},
): Dataset {
  const { name = dataset.name } = form;
  const chosen = (indices: ArrayLike<number>) =>
    Array.from(checkIndices(name, indices, numbers.length), (index) => numbers[index]!);
  const { order: _, ...others } = dataset;
  return {
    ...others,
    ...form,
    size: numbers.length,
    read: (indices, positions = indices) => dataset.read(chosen(indices), positions),
    ...(dataset.labelOf && { labelOf: (index: number) => dataset.labelOf!(numbers[index]!) }),
    ...(dataset.fileOf && { fileOf: (index: number) => dataset.fileOf!(numbers[index]!) }),
    ...(isCaptioned(dataset) && {
      captions: (indices: ArrayLike<number>) => dataset.captions(chosen(indices)),
    }),
  };
}
