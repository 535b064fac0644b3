import { expect, it } from 'vitest';
import { flattenTree, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { duelingHead } from '../../../src/rl/deep/dueling-head.ts';
import { applied, expectClose, parameters } from '../../models/support.ts';
import { linear } from './support.ts';

it('has a kernel for the value and one for the advantages', () => {
  const { weights, shape } = duelingHead(3, {}).init(keyOf(1), [4]);
  expect(shape).toEqual([3]);
  expect([...flattenTree(weights)].map(([path, { shape }]) => [path, shape])).toEqual([
    ['value/kernel', [4, 1]],
    ['value/bias', [1]],
    ['advantage/kernel', [4, 3]],
    ['advantage/bias', [3]],
  ]);
});

it('adds the value to what the advantages differ from their mean', () => {
  const part = (kernel: number[]) =>
    linear(
      [kernel],
      kernel.map(() => 0),
    )[0] as Tree<Value>;
  const initial = parameters({ value: part([10]), advantage: part([1, 2, 6]) });
  expectClose(applied(duelingHead(3, {}), Value.of([1, 2], [2, 1]), { initial }).y, [8, 9, 13, 16, 18, 26]);
});
