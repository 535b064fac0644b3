import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { differentiate, Value } from '../../../src/engine/index.ts';
import { drawCode, klToNormal, posteriorOf } from '../../../src/models/index.ts';
import { both, bothNames, compute, expectClose } from '../support.ts';
import { slopes } from './judged.ts';

const klOf = (numbers: readonly number[], engine = both.cpu) =>
  compute(
    { y: Value.of(numbers, [1, 4]) },
    ({ y }) => differentiate({ y }, (at) => ({ loss: klToNormal(posteriorOf(at.y)), extra: {} })),
    engine,
  );

describe.each(bothNames)('a posterior on %s', (name) => {
  it('has the closed form of the divergence from N(0, 1), and its gradient', () => {
    const at = [1, -0.5, 0.2, -0.3];
    const { loss, gradients } = klOf(at, both[name]);
    expect(loss.data[0]).toBeCloseTo(0.745318, 5);
    expectClose(
      gradients.y,
      slopes((y) => klOf(y).loss.data[0]!, at),
      1e-3,
    );
  });

  it('has divergence 0 where it is N(0, 1)', () => {
    expect(klOf([0, 0, 0, 0], both[name]).loss.data[0]).toBeCloseTo(0, 6);
  });

  it('shifts and scales the noise', () => {
    const { code } = compute(
      { y: Value.of([1, -1, 0, Math.log(3)], [1, 4]), noise: Value.of([0.5, 2], [1, 2]) },
      ({ y, noise }) => ({ code: drawCode(posteriorOf(y), noise) }),
      both[name],
    );
    expectClose(code, [1.5, 5]);
  });
});

it.each([[[2, 3]], [[2, 0]], [[4]]])('refuses an output of %j', (shape) => {
  const y = Value.filled(shape, 0);
  expect(() => compute({ y }, (at) => ({ mean: posteriorOf(at.y as Tensor).mean }))).toThrow(
    `posteriorOf: expected [count, 2 size], got [${shape}]`,
  );
});
