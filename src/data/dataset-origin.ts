import type { Dataset } from './dataset.ts';

/** How another thread opens the same data. */
export interface DatasetOrigin {
  /** What `openDataset` takes, with absolute paths. */
  readonly spec: string;
  readonly options: {
    readonly seed: number;
    readonly split: 'train' | 'test';
    readonly limit?: number;
    readonly folder?: string;
  };
}

// Not a field of the dataset: a script that makes another one of it, by spreading it, would take
// the field along, and a thread would read the first one.
const known = new WeakMap<Dataset, DatasetOrigin>();

/** The dataset, of which it is known how it was opened. */
export function withOrigin(dataset: Dataset, origin: DatasetOrigin): Dataset {
  known.set(dataset, origin);
  return dataset;
}

/** How a dataset was opened by its name; undefined of one that was made in another way. */
export function originOf(dataset: Dataset): DatasetOrigin | undefined {
  return known.get(dataset);
}
