import { describe, expect, it } from 'vitest';
import { keyOf, uniforms, Value } from '../../../src/engine/index.ts';
import { dense, gan, gradientPenalty, nonSaturating, sgd, train } from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, noise } from '../support.ts';

/** A linear critic of the slope over points in the plane, or over packs of two of them. */
const linear = (slope: readonly number[], packing: number) =>
  gan({
    critic: dense(1, { kernel: (_, shape) => Value.of(slope, shape) }),
    generator: dense(2),
    latent: 1,
    packing,
    loss: nonSaturating(),
    penalties: [gradientPenalty(10)],
    optimizers: { critic: sgd({ rate: 0 }), generator: sgd({ rate: 0 }) },
  });

describe.each(bothNames)('the gradient penalty as a term on %s', (name) => {
  it.each([
    [[3, 4], 1, 5],
    [[3, 0, 0, 4], 2, 5],
    [[0.3, 0.4], 1, 0.5],
  ])('goes with any loss: slope %j in packs of %i', (slope, packing, norm) => {
    const trainer = train(linear(slope, packing), both[name]);
    const batch = { examples: noise('real', [4, 2]) };
    const { values } = trainer.step({ index: 0, player: 'critic', batch }) as StepEvent;
    expect(values.gradientNorm).toBeCloseTo(norm, 5);
    expect(values.penalty).toBeCloseTo((norm - 1) ** 2, 5);
    const softplus = (x: number) => Math.log1p(Math.exp(x));
    expect(values.loss).toBeGreaterThan(10 * (norm - 1) ** 2 + softplus(-values.realScore!));
    trainer.close();
  });
});

describe('gradientPenalty', () => {
  it('draws one mix a pack, by the key of the step', () => {
    const { inputs } = gradientPenalty();
    const batch = { examples: noise('images', [6, 4, 4, 1]) };
    expect(inputs!(batch, keyOf(1), 2).mix!.shape).toEqual([3, 1, 1, 1]);
    expect(inputs!(batch, keyOf(1), 1)).toEqual(inputs!(batch, keyOf(1), 1));
    expect(inputs!(batch, keyOf(1), 1)).not.toEqual(inputs!(batch, keyOf(2), 1));
    expect(Math.max(...inputs!(batch, keyOf(1), 1).mix!.data)).toBeLessThan(1);
    expect(uniforms(keyOf(1), [1]).data[0]).toBeGreaterThanOrEqual(0);
  });

  it('refuses a weight below 0 and a side that there is not', () => {
    expect(() => gradientPenalty(-1)).toThrow(
      'gradientPenalty: weight: expected a finite number from 0, got -1',
    );
    expect(() => gradientPenalty(1, { sided: 'both' as 'two' })).toThrow(
      'gradientPenalty: sided: expected one of two, one, got "both"',
    );
  });
});
