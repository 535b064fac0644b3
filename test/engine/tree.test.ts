import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenTree, isBranch, mapTree, type Tree, unflattenTree, zipTree } from '../../src/engine/index.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,3}$/);
const trees = fc.letrec<{ node: number | Tree<number>; tree: Tree<number> }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, fc.integer(), tie('tree')),
  tree: fc.dictionary(name, tie('node'), { maxKeys: 4, noNullPrototype: true }),
})).tree;
const settings = { seed: 2, numRuns: 100 } as const;

const tree = { critic: { b: 1, a: { kernel: 2 } }, empty: {}, step: 3 };

describe('a tree', () => {
  it('tells branches from leaves', () => {
    expect([{}, tree].map(isBranch)).toEqual([true, true]);
    expect([1, new Float32Array(1), new Map(), null as never].map(isBranch)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('flattens to paths, in order', () => {
    expect([...flattenTree(tree)]).toEqual([
      ['critic/b', 1],
      ['critic/a/kernel', 2],
      ['step', 3],
    ]);
  });

  it('maps leaf by leaf, telling the path', () => {
    expect(mapTree(tree, (leaf, path) => `${path}=${leaf}`)).toEqual({
      critic: { b: 'critic/b=1', a: { kernel: 'critic/a/kernel=2' } },
      empty: {},
      step: 'step=3',
    });
  });

  it('comes back from its leaves, empty branches and order included', () => {
    fc.assert(
      fc.property(trees, (any) => {
        const again = unflattenTree(flattenTree(any), any);
        expect(JSON.stringify(again)).toBe(JSON.stringify(any));
      }),
      settings,
    );
  });

  it('does not come back from leaves that lack one or have one more', () => {
    expect(() => unflattenTree(new Map([['critic/b', 1]]), tree)).toThrow(
      new RangeError('unflatten: missing leaf critic/a/kernel'),
    );
    expect(() => unflattenTree(new Map([['critic/c', 1]]), tree)).toThrow(
      new RangeError('unflatten: unknown leaf critic/c'),
    );
  });

  it('zips with one of its own structure', () => {
    fc.assert(
      fc.property(trees, (any) => {
        const doubled = zipTree(
          any,
          mapTree(any, (leaf) => leaf),
          (a, b) => a + b,
        );
        expect(doubled).toEqual(mapTree(any, (leaf) => 2 * leaf));
      }),
      settings,
    );
  });

  it('zips with no other', () => {
    const add = (a: number, b: number) => a + b;
    expect(() => zipTree(tree, { step: 3 }, add)).toThrow('zipTree: the second tree lacks critic/b');
    expect(() => zipTree({ step: 3 }, tree, add)).toThrow('zipTree: the first tree lacks critic/b');
    expect(() => zipTree({ a: 1 } as Tree<number>, { a: { b: 1 } }, add)).toThrow(
      'zipTree: the second tree lacks a',
    );
  });
});
