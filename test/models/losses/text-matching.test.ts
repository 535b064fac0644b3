import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { retrievalShare, textMatching } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

const identity = Value.of([1, 0, 0, 1], [2, 2]);

function of(viewed: Value, read: Value, same = identity, engine = both.cpu) {
  const { loss, share } = compute(
    { viewed, read, same },
    (given) => ({
      loss: textMatching(given.viewed as never, given.read as never, given.same as never),
      share: retrievalShare(given.viewed as never, given.read as never, given.same as never),
    }),
    engine,
  );
  return { loss: loss.data[0]!, share: share.data[0]! };
}

/** With the identity as texts, the scores are what is viewed. */
const scores = (...numbers: number[]) => Value.of(numbers, [2, 2]);

describe.each(bothNames)('the matching objective on %s', (name) => {
  it('has a margin of 1 in rows and in columns', () => {
    // Rows .125, columns .375.
    expect(of(scores(2, 1, 0, 0.5), identity, identity, both[name]).loss).toBeCloseTo(0.5, 6);
    expect(of(scores(2, 0, 0, 2), identity, identity, both[name]).loss).toBe(0);
    expect(of(scores(1, 1, 1, 1), identity, identity, both[name]).loss).toBeCloseTo(1, 6);
  });

  it('gives equal texts weight 0, and counts either as retrieved', () => {
    const same = Value.filled([2, 2], 1);
    expect(of(scores(2, 1, 0, 0.5), identity, same, both[name])).toEqual({ loss: 0, share: 1 });
  });
});

describe('textMatching', () => {
  it('is 2 (B - 1) / B where all scores are equal', () => {
    const count = 5;
    const all = Value.filled([count, 3], 0.5);
    const same = Value.of(
      Array.from({ length: count ** 2 }, (_, i) => (i % (count + 1) === 0 ? 1 : 0)),
      [count, count],
    );
    expect(of(all, all, same).loss).toBeCloseTo((2 * (count - 1)) / count, 5);
  });

  it('reports the share of examples that retrieve their own text', () => {
    expect(of(scores(2, 1, 3, 0.5), identity).share).toBe(0.5);
    expect(of(scores(2, 1, 0, 0.5), identity).share).toBe(1);
  });

  it('refuses descriptions of two sizes', () => {
    expect(() => of(Value.filled([2, 3], 1), identity)).toThrow(
      'textMatching: expected texts of [2,3], got [2,2]',
    );
  });
});
