import type { Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenTree, mapTree, type Tree, Value } from '../../../src/engine/index.ts';
import { moved, pack, packedZeros, unpack } from '../../../src/models/optimizers/packing.ts';
import { compute, engineNames, engines } from '../support.ts';

type Values = Tree<Value>;

/**
 * Trees as networks have them: branches by number or name, some empty, and leaves of every rank up
 * to 5.
 */
const trees: fc.Arbitrary<Values> = fc.letrec<{ tree: Values; leaf: Value }>((tie) => ({
  leaf: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 }).chain((shape) =>
    fc.integer({ min: -99, max: 99 }).map((first) =>
      Value.of(
        Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => first + i),
        shape,
      ),
    ),
  ),
  tree: fc.dictionary(
    fc.constantFrom('0', '1', '10', 'kernel', 'bias', 'gain', 'mean'),
    fc.oneof({ depthSize: 'small', maxDepth: 3 }, tie('leaf'), tie('tree')),
    { maxKeys: 4, noNullPrototype: true },
  ),
})).tree;

/** Names and shapes in order. */
const formOf = (tree: Values) => [...flattenTree(tree)].map(([path, { shape }]) => [path, shape]);

const packed = (tree: Values, name: (typeof engineNames)[number] = 'cpu') =>
  compute({ tree }, (at) => pack(at.tree as Tree<Tensor>), engines[name]) as Values;

describe('packing', () => {
  it.each(engineNames)('loses nothing: what was packed can be unpacked, empty branches too (%s)', (name) => {
    fc.assert(
      fc.property(trees, (tree) => {
        const run = compute(
          { tree },
          ({ tree }) => {
            const like = tree as Tree<Tensor>;
            return { same: unpack(pack(like), like) };
          },
          engines[name],
        );
        expect(run.same).toEqual(tree);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('has the structure that packedZeros says', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const zeros = packedZeros(tree);
        expect(formOf(zeros)).toEqual(formOf(packed(tree)));
        mapTree(zeros, (value) => expect(value).toEqual(Value.filled(value.shape, 0)));
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  it('makes one vector of all but the filters', () => {
    const filter = Value.of([1, 2, 3, 4], [1, 1, 2, 2]);
    const tree = {
      0: { kernel: filter, bias: Value.of([5, 6]) },
      3: { kernel: Value.of([7, 8, 9, 10], [2, 2]), scale: Value.scalar(11) },
    };
    expect(packed(tree)).toEqual({ vector: Value.of([5, 6, 7, 8, 9, 10, 11]), '0.kernel': filter });
  });

  it.each(engineNames)('moves each weight by its part of the packed moves (%s)', (name) => {
    const filter = (first: number) => Value.of([first, 2, 3, 4], [1, 1, 2, 2]);
    const weights = { 0: { kernel: filter(1), bias: Value.of([5, 6]) }, 1: Value.of([7, 8], [2, 1]) };
    const moves = { vector: Value.of([1, 2, 3, 4]), '0.kernel': filter(10) };
    const run = compute(
      { weights, moves },
      ({ weights, moves }) => ({ next: moved(weights as Tree<Tensor>, moves as Tree<Tensor>) }),
      engines[name],
    );
    expect(run.next).toEqual({
      0: { kernel: Value.of([-9, 0, 0, 0], [1, 1, 2, 2]), bias: Value.of([4, 4]) },
      1: Value.of([4, 4], [2, 1]),
    });
  });
});
