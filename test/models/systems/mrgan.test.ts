import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  dense,
  type MrganOptions,
  mlpCritic,
  mlpGenerator,
  mrgan,
  sgd,
  train,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames } from '../support.ts';
import { systemLaws } from './system-laws.ts';

const options = (): MrganOptions => ({
  critic: mlpCritic({ width: 8, depth: 1 }),
  generator: mlpGenerator({ width: 8, depth: 1, outputs: 2 }),
  encoder: mlpGenerator({ width: 8, depth: 1, outputs: 3 }),
  latent: 3,
  optimizers: { critic: sgd({ rate: 0.05 }), generator: sgd({ rate: 0.05 }) },
});

const line = (kernel: number, bias: number) =>
  dense(1, {
    kernel: (_, shape) => Value.filled(shape, kernel),
    bias: (_, shape) => Value.filled(shape, bias),
  });

describe.each(bothNames)('mrgan on %s', (name) => {
  it('draws reconstructions to the examples and to where the critic believes', () => {
    // G is always 3 and scores 3, x = 1: G(E(x)) is 2 away.
    const system = mrgan({
      critic: line(1, 0),
      generator: line(0, 3),
      encoder: line(1, 0),
      latent: 1,
      geometric: 0.2,
      mode: 0.4,
      optimizers: { critic: sgd({ rate: 0 }), generator: sgd({ rate: 0 }) },
    });
    const trainer = train(system, both[name]);
    const batch = { examples: Value.filled([2, 1], 1) };
    const softplus = (x: number) => Math.log1p(Math.exp(x));
    const critic = (trainer.step({ index: 0, player: 'critic', batch }) as StepEvent).values;
    expect(critic.loss).toBeCloseTo(softplus(-1) + softplus(3), 5);
    const { loss, reconstruction } = (trainer.step({ index: 1, player: 'generator', batch }) as StepEvent)
      .values;
    expect(reconstruction).toBeCloseTo(2, 5);
    // A mode regulariser of the printed sign would take the second softplus away.
    expect(loss).toBeCloseTo(softplus(-3) + 0.2 * 4 + 0.4 * softplus(-3), 5);
    trainer.close();
  });
});

describe('mrgan', () => {
  systemLaws(() => mrgan(options()));

  it.each([
    [{ geometric: -1 }, 'mrgan: geometric: expected a finite number from 0, got -1'],
    [{ mode: Number.NaN }, 'mrgan: mode: expected a finite number from 0, got NaN'],
    [{ critic: dense(2) }, 'mrgan: critic: expected one score for an example, [1], got [2]'],
    [{ encoder: dense(6) }, 'mrgan: encoder: expected [3] for an example, got [6]'],
  ])('refuses what does not fit (%#)', (wrong, message) => {
    expect(() => mrgan({ ...options(), ...wrong })).toThrow(new RangeError(message));
  });
});
