import { expect, it } from 'vitest';
import { type Dataset, ring8, shapes } from '../../../src/data/index.ts';
import { fewLabels } from '../../../src/recipes/gan/few-labels.ts';

it('takes as many examples of each class, always the same', () => {
  const { examples, labels } = fewLabels(shapes({ side: 16 }), 2);
  const classes = shapes({ side: 16 }).classes!.length;
  expect(examples.shape).toEqual([2 * classes, 16, 16, 3]);
  expect([...labels.data]).toEqual(Array.from({ length: 2 * classes }, (_, i) => i >> 1));
  expect(fewLabels(shapes({ side: 16 }), 2)).toEqual({ examples, labels });
});

it('needs labels', () => {
  const bare: Dataset = {
    ...ring8(),
    name: 'bare',
    read: (indices) => ({ examples: ring8().read(indices).examples }),
  };
  expect(() => fewLabels(bare, 2)).toThrow('data: expected data with labels, got bare, which has none');
});
