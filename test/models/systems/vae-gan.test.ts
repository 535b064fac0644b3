import { describe, expect, it } from 'vitest';
import { flattenTree, type Tree, Value } from '../../../src/engine/index.ts';
import {
  dense,
  mlpCritic,
  mlpGenerator,
  sequential,
  sgd,
  tap,
  train,
  type VaeGanOptions,
  vaeGan,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames } from '../support.ts';
import { pointsAt, systemLaws } from './system-laws.ts';

const fixed = (kernel: number, bias: readonly number[]) => ({
  kernel: (_: unknown, shape: readonly number[]) => Value.filled(shape, kernel),
  bias: (_: unknown, shape: readonly number[]) => Value.of(bias, shape),
});
const sgds = (rate: number) => {
  const optimizer = sgd({ rate });
  return { critic: optimizer, generator: optimizer, encoder: optimizer };
};

const options = (): VaeGanOptions => ({
  critic: mlpCritic({ width: 8, depth: 1 }),
  generator: mlpGenerator({ width: 8, depth: 1, outputs: 2 }),
  encoder: mlpGenerator({ width: 8, depth: 1, outputs: 4 }),
  latent: 2,
  optimizers: sgds(0.002),
});

describe.each(bothNames)('vaeGan on %s', (name) => {
  it('gives each player its own loss', () => {
    // The code is N(1, 1), the point always 3; features are 2x, scores the feature less 1: 1 for x
    // = 1, 5 for 3.
    const system = vaeGan({
      critic: sequential([tap('features', dense(1, fixed(2, [0]))), dense(1, fixed(1, [-1]))]),
      generator: dense(1, fixed(0, [3])),
      encoder: dense(2, fixed(0, [1, 0])),
      latent: 1,
      likeness: 0.5,
      optimizers: sgds(0),
    });
    const trainer = train(system, both[name]);
    const batch = { examples: Value.filled([2, 1], 1) };
    const valuesOf = (player: 'critic' | 'generator' | 'encoder') =>
      (trainer.step({ index: trainer.index, player, batch }) as StepEvent).values;
    const softplus = (x: number) => Math.log1p(Math.exp(x));
    expect(valuesOf('critic').loss).toBeCloseTo(softplus(-1) + softplus(5), 5);
    const generator = valuesOf('generator');
    expect(generator.featureDistance).toBeCloseTo(8, 5);
    expect(generator.reconstruction).toBeCloseTo(2, 5);
    expect(generator.loss).toBeCloseTo(0.5 * 8 + softplus(-5), 5);
    const encoder = valuesOf('encoder');
    expect(encoder.kl).toBeCloseTo(0.5, 5);
    expect(encoder.loss).toBeCloseTo(8.5, 5);
    trainer.close();
  });

  it('moves the network of the player and no other', () => {
    const trainer = train(vaeGan(options()), both[name]);
    for (const player of trainer.system.players) {
      const before = trainer.save().tensors;
      trainer.step({ index: trainer.index, player, batch: pointsAt(0) });
      const after = trainer.save().tensors;
      for (const other of trainer.system.players) {
        const same = flattenTree(before[other] as Tree<Value>);
        const now = flattenTree(after[other] as Tree<Value>);
        expect([...now].every(([path, value]) => value.data.join() === same.get(path)!.data.join())).toBe(
          other !== player,
        );
      }
    }
    trainer.close();
  });
});

describe('vaeGan', () => {
  systemLaws(() => vaeGan(options()));

  it.each([
    [{ likeness: -1 }, 'vae-gan: likeness: expected a finite number from 0, got -1'],
    [{ critic: dense(2) }, 'vae-gan: critic: expected one score for an example, [1], got [2]'],
    [{ critic: dense(1) }, 'vae-gan: critic: expected one that shows its features, got one that shows none'],
    [{ encoder: dense(2) }, 'vae-gan: encoder: expected [4] for an example, got [2]'],
  ])('refuses what does not fit (%#)', (wrong, message) => {
    expect(() => vaeGan({ ...options(), ...wrong })).toThrow(new RangeError(message));
  });
});
