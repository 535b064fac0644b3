import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { classAccuracy, crossEntropy } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

const logits = Value.of([1, 2, 3, 3, 0, 0], [2, 3]);
const classes = Value.of([0, 0, 1, 0, 1, 0], [2, 3]);

describe.each(bothNames)('crossEntropy on %s', (name) => {
  it('is the mean negative log probability of the class; classAccuracy is the share of rows it wins', () => {
    const { loss, right } = compute(
      { logits, classes },
      ({ logits, classes }) => ({
        loss: crossEntropy(logits, classes),
        right: classAccuracy(logits, classes),
      }),
      both[name],
    );
    expect(loss.data[0]).toBeCloseTo((0.407606 + Math.log(Math.exp(3) + 2)) / 2, 5);
    expect(right.data[0]).toBe(0.5);
  });

  it('refuses logits of another shape than the classes', () => {
    expect(() =>
      compute({ logits, y: Value.of([1, 0], [1, 2]) }, ({ logits, y }) => ({ y: crossEntropy(logits, y) })),
    ).toThrow(new RangeError('crossEntropy: expected logits of [1,2], got [2,3]'));
  });
});
