import { expect, it } from 'vitest';
import { classifierTransfer, oneNearestNeighbour } from '../../src/evaluation/classifier-transfer.ts';
import { rows } from './known.ts';

const labelled = (places: readonly number[], labels: readonly number[]) => ({
  rows: rows(places.length, 1, (i) => places[i]!),
  labels,
});

it('classifierTransfer tells a generator that confuses classes from the reference', async () => {
  const training = labelled([0, 1, 10, 11], [0, 0, 1, 1]);
  const test = labelled([0.5, 2, 9, 12], [0, 0, 1, 1]);
  // One of four samples has the wrong label, and class 1 lies so that a test point of class 0 is
  // nearest to it.
  const generated = labelled([0.2, 2.2, 9.9, 12], [0, 1, 1, 1]);
  expect(await classifierTransfer({ training, test }, generated, oneNearestNeighbour())).toEqual({
    ganTrain: 0.75,
    ganTest: 0.75,
    reference: 1,
  });
});
