import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  criticOnly,
  dense,
  gan,
  nonSaturating,
  sgd,
  train,
  unrolled,
  wasserstein,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames } from '../support.ts';

const fixed = (of: number) => ({ kernel: (_: unknown, shape: readonly number[]) => Value.filled(shape, of) });

/** A linear critic of slope 1 on the line, a generator that makes its bias, real examples at 3. */
const course = (steps: number, engine = both.cpu) => {
  const loss = wasserstein();
  const system = gan({
    critic: dense(1, fixed(1)),
    generator: dense(1, fixed(0)),
    latent: 1,
    loss: criticOnly(loss),
    terms: [unrolled({ loss, steps, rate: 0.5 })],
    optimizers: { critic: sgd({ rate: 0 }), generator: sgd({ rate: 1 }) },
  });
  const trainer = train(system, engine);
  const event = trainer.step({ index: 0, player: 'generator', batch: { examples: Value.filled([2, 1], 3) } });
  const { tensors } = trainer.save() as never as { tensors: { generator: { weights: { bias: Value } } } };
  trainer.close();
  return { loss: (event as StepEvent).values.loss, bias: tensors.generator.weights.bias.data[0] };
};

describe.each(bothNames)('an unrolled generator on %s', (name) => {
  it('meets the critic as it will be, and is differentiated through its steps', () => {
    // Fake at b = 0: each step adds 0.5 (3 - b) to the slope. After two the value of the game is (4
    // - b)(3 - b), its slope at 0 is -7.
    expect(course(2, both[name])).toEqual({ loss: expect.closeTo(12, 5), bias: expect.closeTo(7, 5) });
    expect(course(1, both[name]).bias).toBeCloseTo(4, 5);
  });
});

it('refuses no steps and no rate', () => {
  expect(() => unrolled({ loss: nonSaturating(), steps: 0, rate: 1 })).toThrow(
    'unrolled: steps: expected a whole number from 1, got 0',
  );
  expect(() => unrolled({ loss: nonSaturating(), rate: 0 })).toThrow(
    'unrolled: rate: expected a finite number above 0, got 0',
  );
});
