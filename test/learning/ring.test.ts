import { take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Outcome, once } from '../../experiments/results.ts';
import { ring8, shuffled } from '../../src/data/index.ts';
import { openEngine } from '../../src/engine/index.ts';
import { train } from '../../src/models/index.ts';
import { findRecipe, type GanRecipe, settle } from '../../src/recipes/index.ts';
import { pump, Run } from '../../src/streams/index.ts';

const { engine } = await openEngine('auto');
const ring = ring8();
const recipeOf = (name: string) => findRecipe(name) as GanRecipe;
const middle = (of: readonly Outcome[], value: 'modes' | 'highQuality' | 'reverseKl') =>
  of.map((outcome) => outcome[value]).sort((a, b) => a - b)[of.length >> 1]!;

async function overSeeds(name: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const seed of [1, 2, 3]) outcomes.push(await once(recipeOf(name), ring, seed, engine));
  console.info(
    name,
    JSON.stringify(outcomes.map(({ modes, highQuality, reverseKl }) => ({ modes, highQuality, reverseKl }))),
  );
  return outcomes;
}

describe('on the ring of eight Gaussians, medians over three seeds', () => {
  it('a GAN whose loss does not saturate finds most modes, and is no worse than the pure game', async () => {
    const [plain, pure] = [await overSeeds('gan'), await overSeeds('gan-minimax')];
    expect(middle(plain, 'highQuality')).toBeGreaterThanOrEqual(0.6);
    expect(middle(plain, 'modes')).toBeGreaterThanOrEqual(5);
    expect(middle(plain, 'highQuality')).toBeGreaterThanOrEqual(middle(pure, 'highQuality') - 0.05);
  });

  it('packing cures what is left of collapse', async () => {
    const packed = await overSeeds('pacgan');
    expect(middle(packed, 'modes')).toBe(8);
    expect(middle(packed, 'highQuality')).toBeGreaterThanOrEqual(0.9);
    expect(middle(packed, 'reverseKl')).toBeLessThan(0.1);
  });

  it('a penalised Wasserstein critic has all modes, over 95 % of high quality, evenly', async () => {
    const penalised = await overSeeds('wgan-gp');
    expect(middle(penalised, 'modes')).toBe(8);
    expect(middle(penalised, 'highQuality')).toBeGreaterThanOrEqual(0.95);
    expect(middle(penalised, 'reverseKl')).toBeLessThan(0.02);
  });
});

describe('asked for a class of the ring', () => {
  /** The share of samples whose nearest centre is the class that was asked for. */
  async function accuracy(name: string, seed: number): Promise<number> {
    const { options, batch } = settle(recipeOf(name), ring, {
      set: new Map([
        ['decay-to', '12000'],
        ['decay-from', '6000'],
      ]),
    });
    const { system, schedule } = recipeOf(name).build(options, ring);
    const trainer = train(system, engine, { seed });
    const run = new Run();
    await run.done(
      pump(shuffled(ring, { size: batch, seed }), run).pipe(schedule, take(12_000), trainer.learn(run.gate)),
    );
    const { data } = await trainer.sample(2_400);
    trainer.close();
    let right = 0;
    for (let i = 0; i < 2_400; i++) {
      const distances = ring.centres.map(([x, y]) => Math.hypot(data[2 * i]! - x, data[2 * i + 1]! - y));
      if (distances.indexOf(Math.min(...distances)) === i % 8) right++;
    }
    return right / 2_400;
  }

  it.each(['cgan', 'ac-gan', 'projection-gan'])('%s makes it', async (name) => {
    const all = [await accuracy(name, 1), await accuracy(name, 2), await accuracy(name, 3)].sort(
      (a, b) => a - b,
    );
    console.info(name, JSON.stringify(all));
    expect(all[1]).toBeGreaterThan(0.99);
  });
});
