import { of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { type Minibatched, minibatched, type Rollout } from '../../../src/rl/index.ts';

const rollout = { rewards: new Float32Array(6) } as Rollout;

function cut(epochs: number, size: number): Minibatched<Rollout> {
  const got: Minibatched<Rollout>[] = [];
  of({ index: 4, batch: rollout })
    .pipe(minibatched({ epochs, size }))
    .subscribe(({ index, batch }) => {
      expect(index).toBe(4);
      got.push(batch);
    });
  return got[0]!;
}

describe('minibatches', () => {
  it('go through every row once in each epoch, in another order each time', () => {
    const portions = [...cut(2, 2).minibatches(keyOf(1))].map((rows) => [...rows]);
    expect(portions.map((rows) => rows.length)).toEqual([2, 2, 2, 2, 2, 2]);
    const [first, second] = [portions.slice(0, 3).flat(), portions.slice(3).flat()];
    for (const epoch of [first, second]) expect([...epoch].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(second).not.toEqual(first);
  });

  it('are a pure function of the key', () => {
    const orders = [1, 1, 2].map((seed) => [...cut(1, 6).minibatches(keyOf(seed))][0]!.join());
    expect(orders[1]).toBe(orders[0]);
    expect(orders[2]).not.toBe(orders[0]);
  });

  it('refuse a size that leaves rows over, and no epochs', () => {
    const errors: unknown[] = [];
    of({ index: 0, batch: rollout })
      .pipe(minibatched({ epochs: 1, size: 4 }))
      .subscribe({ error: (error) => errors.push(error) });
    expect(errors).toEqual([
      new RangeError('minibatched: expected a size that divides the 6 rows of a rollout, got 4'),
    ]);
    expect(() => minibatched({ epochs: 0, size: 4 })).toThrow(
      'minibatched: epochs: expected a whole number from 1',
    );
  });
});
