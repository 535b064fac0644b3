import { describe, expect, it } from 'vitest';
import { alone, cases } from '../../experiments/best-critic.ts';
import { study as lipschitz } from '../../experiments/lipschitz.ts';
import { study as longRange } from '../../experiments/long-range.ts';
import { study as toyGame } from '../../experiments/toy-game.ts';
import { openEngine } from '../../src/engine/index.ts';

const { engine } = await openEngine('auto');
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
const overSeeds = async <T>(of: (seed: number) => Promise<T>) => [await of(1), await of(2), await of(3)];

describe('a critic alone between two Gaussians', () => {
  it.each(cases.map((one) => [one.name, one] as const))(
    '%s comes to within a twentieth of the number it must',
    async (name, one) => {
      const learned = median(
        await overSeeds((seed) => alone(one.loss, { ...one, steps: 2_000, seed }, engine)),
      );
      console.info(`${name}: ${learned.toFixed(4)} for ${one.expected.toFixed(4)}`);
      expect(Math.abs(learned - one.expected)).toBeLessThan(0.05 * one.expected);
    },
  );
});

describe('spectral normalisation', () => {
  it('keeps a critic at slope 1, which then tells the distance 3; without it the gap has no bound', async () => {
    const [constrained, free] = [
      await overSeeds((seed) => lipschitz(true, engine, 2_000, seed)),
      await overSeeds((seed) => lipschitz(false, engine, 2_000, seed)),
    ];
    console.info(JSON.stringify({ constrained, free }));
    for (const { gap, steepest } of constrained) {
      expect(gap).toBeLessThan(3.15);
      expect(steepest).toBeLessThan(1.02);
    }
    expect(median(constrained.map(({ gap }) => gap))).toBeGreaterThan(2.2);
    expect(Math.min(...free.map(({ gap }) => gap))).toBeGreaterThan(30);
  });
});

describe('self-attention', () => {
  it('compares the two ends of an image, which a sum of local terms cannot', async () => {
    const last = async (attention: boolean) =>
      overSeeds(async (seed) => (await longRange(attention, engine, 1_200, seed)).accuracies.at(-1)!);
    const [without, withIt] = [await last(false), await last(true)];
    console.info(JSON.stringify({ without, withIt }));
    expect(Math.max(...without)).toBeLessThan(0.6);
    expect(median(withIt)).toBeGreaterThan(0.95);
  });
});

describe('historical averaging', () => {
  it.each([0.01, 0.05])(
    'brings the toy game to rest at rate %f, which orbits or flies apart without',
    async (rate) => {
      expect(await toyGame(0.1, rate, engine)).toBeLessThan(0.01);
      expect(await toyGame(0, rate, engine)).toBeGreaterThan(0.5);
    },
  );
});
