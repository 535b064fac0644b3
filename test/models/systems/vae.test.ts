import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { dense, mlpGenerator, sgd, train, vae } from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, noise } from '../support.ts';
import { systemLaws } from './system-laws.ts';

const still = sgd({ rate: 0 });
const fixed = (numbers: readonly number[]) => ({
  kernel: (_: unknown, shape: readonly number[]) => Value.filled(shape, 0),
  bias: (_: unknown, shape: readonly number[]) => Value.of(numbers, shape),
});

describe.each(bothNames)('vae on %s', (name) => {
  it('pays for the misfit in units of the deviation, and for the divergence of the code', () => {
    // Always the code N((1, -.5), (e^.2, e^-.3)), always the point (3, 4).
    const system = vae({
      encoder: dense(4, fixed([1, -0.5, 0.2, -0.3])),
      generator: dense(2, fixed([3, 4])),
      latent: 2,
      optimizer: still,
      deviation: 2,
    });
    const trainer = train(system, both[name]);
    const batch = { examples: Value.filled([3, 2], 0) };
    const { values } = trainer.step({ index: 0, player: 'coder', batch }) as StepEvent;
    expect(values.kl).toBeCloseTo(0.745318, 5);
    expect(values.reconstruction).toBeCloseTo(5, 5);
    expect(values.loss).toBeCloseTo(25 / 8 + 0.745318, 5);
    trainer.close();
  });
});

describe('vae', () => {
  const networks = (rate: number) => ({
    encoder: mlpGenerator({ width: 8, depth: 1, outputs: 4 }),
    generator: mlpGenerator({ width: 8, depth: 1, outputs: 2 }),
    latent: 2,
    optimizer: sgd({ rate }),
  });
  systemLaws(() => vae(networks(0.05)));

  it('learns to rebuild what it sees', () => {
    const trainer = train(vae({ ...networks(0.002), deviation: 0.1 }), both.onnx, { seed: 1 });
    const losses = Array.from({ length: 300 }, (_, index) => {
      const batch = { examples: noise(`batch ${index}`, [32, 2], 0.5) };
      return (trainer.step({ index, player: 'coder', batch }) as StepEvent).values.reconstruction!;
    });
    trainer.close();
    const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length;
    expect(mean(losses.slice(-20))).toBeLessThan(0.5 * mean(losses.slice(0, 5)));
  });

  it('refuses a deviation of 0', () => {
    expect(() => vae({ ...networks(0.1), deviation: 0 })).toThrow('vae: deviation: expected');
  });
});
