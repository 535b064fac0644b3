import { describe, expect, it } from 'vitest';
import { keyOf, uniforms } from '../../../src/engine/index.ts';
import { SumTree } from '../../../src/rl/index.ts';

function treeOf(leaves: readonly number[]): SumTree {
  const tree = new SumTree(leaves.length);
  for (const [at, leaf] of leaves.entries()) tree.set(at, leaf);
  return tree;
}

describe('a sum tree', () => {
  it('finds the leaf whose share holds the mark', () => {
    const tree = treeOf([1, 2, 0, 3, 0.5]);
    expect(tree.total).toBe(6.5);
    expect([0, 0.99, 1, 2.99, 3, 5.99, 6, 6.49].map((mark) => tree.find(mark))).toEqual([
      0, 0, 1, 1, 3, 3, 4, 4,
    ]);
  });

  it('never finds an empty leaf, not even at the very end', () => {
    const tree = treeOf([1, 0, 0, 0, 0, 0]);
    expect(tree.find(1)).toBe(0);
    expect(tree.find(0.5)).toBe(0);
  });

  it('keeps the sum when leaves change', () => {
    const tree = treeOf([1, 2, 3]);
    tree.set(1, 10);
    expect([tree.total, tree.get(1), tree.find(10.9), tree.find(11)]).toEqual([14, 10, 1, 2]);
  });

  it('is to the bit what is rebuilt from its leaves, in whatever order they came', () => {
    const tree = new SumTree(100);
    const numbers = uniforms(keyOf(1), [1000]).data;
    for (const [i, number] of numbers.entries()) tree.set((i * 37) % 100, number);
    const rebuilt = new SumTree(100);
    rebuilt.fill(Float64Array.from({ length: 100 }, (_, at) => tree.get(at)));
    expect(rebuilt.total).toBe(tree.total);
    for (let i = 0; i < 50; i++) expect(rebuilt.find(i)).toBe(tree.find(i));
  });

  it('refuses a capacity of none, a place outside and a number below 0', () => {
    expect(() => new SumTree(0)).toThrow('SumTree: capacity: expected a whole number from 1');
    expect(() => new SumTree(3).set(3, 1)).toThrow('SumTree: at: expected a whole number from 0 to 2, got 3');
    expect(() => new SumTree(3).set(0, -1)).toThrow(
      'SumTree: number: expected a finite number from 0, got -1',
    );
  });
});
