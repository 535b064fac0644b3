import { describe, expect, it } from 'vitest';
import { type HeldOut, heldOutLabels } from '../../experiments/held-out-labels.ts';
import { onnxEngine } from '../../src/engine/index.ts';

const engine = await onnxEngine();
const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

async function medians(weight: number) {
  const found: HeldOut[] = [];
  for (const seed of [1, 2, 3]) found.push(await heldOutLabels(weight, engine, { seed, steps: 12_000 }));
  const of = (name: keyof HeldOut) => middle(found.map((each) => each[name]));
  return { shown: of('shown'), heldOut: of('heldOut'), spread: of('spread') };
}

describe('conditioning augmentation', () => {
  // Measured: 0.980, 0.000 and 0.08.
  it('is missed where conditions were never shown: what comes is between the data', async () => {
    const { shown, heldOut, spread } = await medians(0);
    expect(shown).toBeGreaterThan(0.9);
    expect(heldOut).toBeLessThan(0.02);
    expect(spread).toBeLessThan(0.2);
  });

  // Measured: 0.958, 0.315 and 0.75.
  it('brings some of them to the data, and makes many things of one condition and one z', async () => {
    const { shown, heldOut, spread } = await medians(1);
    expect(shown).toBeGreaterThan(0.8);
    expect(heldOut).toBeGreaterThan(0.1);
    expect(spread).toBeGreaterThan(0.5);
  });
});
