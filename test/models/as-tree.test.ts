import { expect, it } from 'vitest';
import { flattenTree, Value } from '../../src/engine/index.ts';
import { asTree } from '../../src/models/index.ts';

it('gives a tree as it is, and makes one of the tensors of a checkpoint file', () => {
  const tree = { critic: { bias: Value.scalar(1) }, rate: Value.scalar(2) };
  expect(asTree(tree, () => ({}))).toBe(tree);
  expect(asTree(flattenTree(tree), () => tree)).toEqual(tree);
  expect(() => asTree(flattenTree(tree), () => ({ rate: Value.scalar(0) }))).toThrow(
    'unflatten: unknown leaf critic/bias',
  );
});
