import { type Dataset, type ExampleBatch, randomLabels } from '../../data/index.ts';
import { keyOf } from '../../engine/index.ts';

/** From so many examples at the most the labelled ones are taken. */
const considered = 10_000;

/**
 * As many labelled examples of each class, the same ones for the same data.
 * @throws RangeError when the data has no labels, or a class too few examples
 */
export function fewLabels(dataset: Dataset, perClass: number): Required<Omit<ExampleBatch, 'parts'>> {
  const indices = Array.from({ length: Math.min(considered, dataset.size) }, (_, index) => index);
  const labels = indices.map((index) => {
    const label = dataset.labelOf?.(index) ?? dataset.read([index]).labels?.data[0];
    if (label === undefined)
      throw new RangeError(`data: expected data with labels, got ${dataset.name}, which has none`);
    return label;
  });
  const { examples, labels: known } = dataset.read(randomLabels(labels, perClass, keyOf(0, 'labels')));
  return { examples, labels: known! };
}
