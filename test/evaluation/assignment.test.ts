import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../src/evaluation/assignment.ts';

function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
  );
}

const costOf = (costs: ArrayLike<number>, n: number, columns: ArrayLike<number>) =>
  Array.from(columns).reduce((sum, column, row) => sum + costs[row * n + column]!, 0);

describe('assignment', () => {
  it('finds the answer of a textbook', () => {
    expect([...assignment(Float64Array.of(4, 1, 3, 2, 0, 5, 3, 2, 2), 3)]).toEqual([1, 0, 2]);
  });

  it('is as cheap as the best of all orders', () => {
    const all = orders(5);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 25, maxLength: 25 }), (costs) => {
        const best = Math.min(...all.map((order) => costOf(costs, 5, order)));
        const found = assignment(Float64Array.from(costs), 5);
        expect(new Set(found).size).toBe(5);
        expect(costOf(costs, 5, found)).toBe(best);
      }),
      { numRuns: 100 },
    );
  });
});
