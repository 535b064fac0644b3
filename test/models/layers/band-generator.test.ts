import { expect, it } from 'vitest';
import { flattenTree, keyOf, type Value } from '../../../src/engine/index.ts';
import { bandGenerator } from '../../../src/models/index.ts';

it('goes from a picture and one map of noise to a band, by 3x3 convolutions', () => {
  const generator = bandGenerator({ channels: 3, filters: 5, depth: 1 });
  const { shape, weights } = generator.init(keyOf(1), [16, 16, 3], { condition: 256 });
  expect(shape).toEqual([16, 16, 3]);
  const kernels = [...flattenTree(weights)].filter(([path]) => path.endsWith('kernel'));
  expect(kernels.map(([, { shape }]) => (shape as Value['shape']).join())).toEqual(['3,3,4,5', '3,3,5,3']);
  expect(() => bandGenerator({ channels: 0 })).toThrow(
    'bandGenerator: channels: expected a whole number from 1',
  );
});
