import { describe, expect, it } from 'vitest';
import { turnedPentagon, turnedShapes } from '../../experiments/cycle-gan.ts';
import { pulls, translate } from '../../experiments/pix2pix.ts';
import { onnxEngine } from '../../src/engine/index.ts';

const engine = await onnxEngine();
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

/** What three seeds give. */
async function ofSeeds<Found>(name: string, once: (seed: number) => Promise<Found>) {
  const found: Found[] = [];
  for (const seed of [1, 2, 3]) found.push(await once(seed));
  console.info(name, found);
  return {
    found,
    median: (of: (one: Found) => number) => median(found.map(of)),
  };
}

describe('pix2pix', () => {
  it('finds what the normals determine', async () => {
    const how = { engine, steps: 500 };
    const { median } = await ofSeeds('one grey', (seed) =>
      translate(pulls['L1 x 100 and critic']!, false, { ...how, seed }),
    );
    expect(median(({ l1 }) => l1)).toBeLessThan(0.03);
  });

  it('goes grey by L1 alone where colours are open, and gets them from the critic', async () => {
    const how = { engine, steps: 500 };
    const alone = await ofSeeds('L1 alone', (seed) => translate(pulls['L1 alone']!, true, { ...how, seed }));
    const both = await ofSeeds('L1 x 10 and critic', (seed) =>
      translate(pulls['L1 x 10 and critic']!, true, { ...how, seed }),
    );
    const saturation = both.median(({ saturation }) => saturation);
    expect(saturation).toBeGreaterThan(0.5);
    expect(saturation).toBeGreaterThan(2 * alone.median(({ saturation }) => saturation));
  });
});

describe('CycleGAN', () => {
  it('keeps shape, size and place of pictures, and maps colours one to one', async () => {
    const { median } = await ofSeeds('shapes, cycle 10', (seed) =>
      turnedShapes({ engine, seed, steps: 750, cycle: 10 }),
    );
    expect(median(({ shape }) => shape)).toBeGreaterThan(0.9);
    expect(median(({ size }) => size)).toBeGreaterThan(0.9);
    expect(median(({ place }) => place)).toBeGreaterThan(0.9);
    expect(median(({ consistency }) => consistency)).toBeGreaterThan(0.75);
    expect(median(({ answers }) => answers)).toBeGreaterThanOrEqual(6);
    expect(median(({ thereAndBack }) => thereAndBack)).toBeLessThan(0.06);
  });

  // Shapes kept at seeds 1 to 3: 0.76, 0.80, 0.73; answers 4, 3, 4.
  it('keeps fewer without the cycle, and merges colours', async () => {
    const { median } = await ofSeeds('shapes, no cycle', (seed) =>
      turnedShapes({ engine, seed, steps: 750, cycle: 0 }),
    );
    expect(median(({ shape }) => shape)).toBeLessThan(0.85);
    expect(median(({ answers }) => answers)).toBeLessThanOrEqual(4);
    expect(median(({ thereAndBack }) => thereAndBack)).toBeGreaterThan(0.1);
  });

  it('maps most corners of a pentagon one to one, there and back', async () => {
    const { found, median } = await ofSeeds('pentagon', (seed) =>
      turnedPentagon(true, { engine, seed, steps: 1_500, cycle: 10 }),
    );
    // Seed 2 finds four of the five; which corner goes where is not the right one in any seed.
    for (const { thereAndBack } of found) expect(thereAndBack).toBeLessThan(0.02);
    expect(median(({ distinct }) => distinct)).toBe(5);
    expect(median(({ quality }) => quality)).toBeGreaterThan(0.9);
  });
});
