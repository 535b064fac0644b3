import { describe, expect, it } from 'vitest';
import { flattenTree, openEngine, Value } from '../../src/engine/index.ts';
import { invertGenerator } from '../../src/evaluation/invert-generator.ts';
import { reconstructionError } from '../../src/evaluation/reconstruction-error.ts';
import { adam, mlpCritic, mlpGenerator, train, wganGp } from '../../src/models/index.ts';

const { engine } = await openEngine('auto');
const rate = adam({ rate: 1e-3 });
const system = wganGp({
  critic: mlpCritic({ width: 4, depth: 1 }),
  generator: mlpGenerator({ width: 16, depth: 1, outputs: 2 }),
  latent: 2,
  optimizers: { critic: rate, generator: rate },
});
const trainer = train(system, engine, { seed: 3 });
const state = trainer.tensors();

describe('invertGenerator', () => {
  it('finds latent vectors for what the generator makes, and leaves the generator as it is', async () => {
    const targets = await trainer.sample(20, 5);
    const before = JSON.stringify([...flattenTree(state)].map(([, { data }]) => [...data]));
    const { latents, samples, error } = await invertGenerator({ system, state, engine }, targets, {
      steps: 400,
    });
    expect(latents.shape).toEqual([20, 2]);
    expect(samples.shape).toEqual([20, 2]);
    const { error: begun } = await invertGenerator({ system, state, engine }, targets, { steps: 1 });
    expect(error).toBeLessThan(begun / 50);
    expect(JSON.stringify([...flattenTree(state)].map(([, { data }]) => [...data]))).toBe(before);
  });

  it('says how far off it is what the generator cannot make', async () => {
    const targets = Value.of([500, 500], [1, 2]);
    const { error } = await invertGenerator({ system, state, engine }, targets, { steps: 20 });
    expect(error).toBeGreaterThan(10_000);
  });

  it('refuses an input that the sampler has not', async () => {
    const targets = Value.of([0, 0], [1, 2]);
    await expect(invertGenerator({ system, state, engine }, targets, { input: 'code' })).rejects.toThrow(
      'input: expected one of noise, got "code"',
    );
    await expect(invertGenerator({ system, state, engine }, targets, { steps: 0 })).rejects.toThrow(
      'from 1, got 0',
    );
  });
});

it('reconstructionError is the mean squared difference by element, of any shape', () => {
  const a = Value.of([0, 1, 2, 3], [2, 2, 1]);
  const b = Value.of([0, 1, 2, 5], [2, 2, 1]);
  expect(reconstructionError(a, b)).toBe(1);
  expect(() => reconstructionError(a, Value.of([1, 2], [1, 2]))).toThrow('expected 2 reconstructions, got 1');
});
