import { describe, expect, it } from 'vitest';
import { differentiate, Value } from '../../../src/engine/index.ts';
import { realLogit, unsupervisedLoss } from '../../../src/models/index.ts';
import { both, bothNames, compute, expectClose } from '../support.ts';
import { slopes } from './judged.ts';

const logits = (numbers: readonly number[]) => Value.of(numbers, [numbers.length / 3, 3]);

const lossOf = (real: readonly number[], fake: readonly number[], engine = both.cpu) =>
  compute(
    { real: logits(real), fake: logits(fake) },
    (given) => differentiate(given, ({ real, fake }) => ({ loss: unsupervisedLoss(real, fake), extra: {} })),
    engine,
  );

describe.each(bothNames)('the K + 1 classifier on %s', (name) => {
  it('has the logit ln Z for real examples', () => {
    const { z } = compute({ l: logits([1, 2, 3]) }, ({ l }) => ({ z: realLogit(l) }), both[name]);
    expectClose(z, [3.407606]);
  });

  it('falls as D rises on real examples and falls on fake ones', () => {
    // Half of 0.032584, the price of believing .967941 of a real one, and 3.440190, of believing it
    // of a fake.
    const { loss } = lossOf([1, 2, 3], [1, 2, 3], both[name]);
    expect(loss.data[0]).toBeCloseTo((0.032584 + 3.44019) / 2, 5);
  });

  it('has the gradients of central differences', () => {
    const [real, fake] = [
      [0.5, -1, 0.3],
      [1, 0.2, -0.7],
    ];
    const { gradients } = lossOf(real!, fake!, both[name]);
    expectClose(
      gradients.real,
      slopes((at) => lossOf(at, fake!).loss.data[0]!, real!),
      1e-3,
    );
    expectClose(
      gradients.fake,
      slopes((at) => lossOf(real!, at).loss.data[0]!, fake!),
      1e-3,
    );
  });
});

it('refuses logits of other shapes', () => {
  expect(() => compute({ l: Value.of([1, 2]) }, ({ l }) => ({ z: realLogit(l) }))).toThrow(
    'realLogit: expected [count, classes], got [2]',
  );
});
