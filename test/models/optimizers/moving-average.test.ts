import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { dense, gan, movingAverage, sgd, train, warmedUp, wasserstein } from '../../../src/models/index.ts';
import { both, bothNames, compute, engineNames, engines, expectClose } from '../support.ts';

const old = { 0: { kernel: Value.of([1, 2], [1, 2]), bias: Value.of([0]) } };
const now = { 0: { kernel: Value.of([3, -2], [1, 2]), bias: Value.of([10]) } };

const averaged = (decay: number, name: (typeof engineNames)[number]) =>
  compute(
    { old, now },
    (at) => ({ next: movingAverage(at.old as Tree<Tensor>, at.now as Tree<Tensor>, decay) }),
    engines[name],
  ).next as unknown as typeof old;

describe.each(engineNames)('movingAverage on %s', (name) => {
  it('keeps the share of the old that its decay says', () => {
    const next = averaged(0.9, name);
    expectClose(next[0].kernel, [1.2, 1.6]);
    expectClose(next[0].bias, [1]);
  });

  it('is the weights themselves where nothing is kept', () => {
    expect(averaged(0, name)).toEqual(now);
  });
});

describe.each(bothNames)('a decay that is warmed up, on %s', (name) => {
  it('is (1 + n) / (10 + n) at update n, and at most the decay', () => {
    // The generator moves its one bias by 1 at each step.
    const system = (average: Parameters<typeof gan>[0]['average'] & {}) =>
      gan({
        critic: dense(1, { kernel: (_, shape) => Value.filled(shape, 1) }),
        generator: dense(1, { kernel: (_, shape) => Value.filled(shape, 0) }),
        latent: 1,
        loss: wasserstein(),
        average,
        optimizers: { critic: sgd({ rate: 0 }), generator: sgd({ rate: 1 }) },
      });
    const trainer = train(system(warmedUp(0.2)), both[name], { seed: 1 });
    const batch = { examples: Value.of([0, 0], [2, 1]) };
    const found: number[] = [];
    for (const player of ['generator', 'generator', 'critic', 'generator', 'generator'] as const) {
      trainer.step({ index: trainer.index, player, batch });
      const { bias } = trainer.tensors().average as { bias: Value };
      found.push(bias.data[0]!);
    }
    // Decays 1/10, 2/11, then 1/5 = 0.2 (3/12 would be more); none at the critic's step.
    const second = (2 / 11) * 0.9 + (9 / 11) * 2;
    const third = 0.2 * second + 0.8 * 3;
    for (const [i, average] of [0.9, second, second, third, 0.2 * third + 0.8 * 4].entries())
      expect(found[i]).toBeCloseTo(average, 5);
    expect(trainer.tensors().averaged).toEqual({ generator: Value.scalar(4) });
    expect(system(0.2).init(keyOf(1)).averaged).toBeUndefined();
    trainer.close();
  });
});

it('refuses decays of 1 and above', () => {
  expect(() => warmedUp(1)).toThrow('warmedUp: expected a finite number from 0 to 0.999999999, got 1');
});
