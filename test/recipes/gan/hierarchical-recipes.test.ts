import { describe, expect, it } from 'vitest';
import { shapes } from '../../../src/data/index.ts';
import { hierarchicalRecipes } from '../../../src/recipes/gan/hierarchical-recipes.ts';
import { findRecipe, type GanRecipe } from '../../../src/recipes/index.ts';
import { isPhased } from '../../../src/streams/index.ts';
import { firstSteps, tiny } from '../first-step.ts';
import { trainsFor } from '../trains-for.ts';

it.each(hierarchicalRecipes.map((recipe) => [recipe.name, recipe] as const))(
  '%s learns from every kind of data that it knows',
  async (name, recipe) => {
    for (const { system, values } of await trainsFor(recipe, 4)) {
      expect(system).toBe(name);
      expect(values.every((number) => Number.isFinite(number))).toBe(true);
    }
  },
);

describe('lapgan', () => {
  it('has a level for each halving from the side of the data to the coarsest', () => {
    const { system, schedule } = (findRecipe('lapgan') as GanRecipe).build(
      { ...tiny('lapgan', {}, 'images').options, coarsest: 8 } as never,
      shapes({ side: 64 }),
    );
    const players = [8, 16, 32, 64].flatMap((side) => [`critic@${side}`, `generator@${side}`]);
    expect(system.players).toEqual(players);
    expect(schedule.players).toEqual(players);
  });

  it.each([
    [{ coarsest: 12 }, 'set coarsest: expected 8, 16 or 32, got 12'],
    [
      { coarsest: 16 },
      'data: expected square images whose side is a power of 2 above 16, up to 64, got shapes:16 of 16x16',
    ],
  ])('refuses %j', (set, message) => {
    expect(() => tiny('lapgan', set, 'images')).toThrow(new RangeError(message));
  });
});

describe('progressive-gan', () => {
  it('has the plan of its options', () => {
    const { schedule, options } = tiny('progressive-gan', { fade: 6, stay: 9, 'critic-steps': 2 }, 'images');
    expect(options).toMatchObject({ from: 4, beta1: 0, beta2: 0.99 });
    expect(isPhased(schedule) && schedule.text).toBe('4x4 9, to 8x8 6, 8x8 9, to 16x16 6, 16x16');
    expect([9, 10, 11].map((index) => schedule.moveAt(index).player)).toEqual([
      'critic@8',
      'critic@8',
      'generator@8',
    ]);
  });

  it('weighs penalty and drift by its options', async () => {
    const loss = async (set: Record<string, number>) =>
      (await firstSteps(tiny('progressive-gan', set, 'images'), 'critic@4', { size: 4 })).values;
    const [none, some] = [await loss({ penalty: 0, drift: 0 }), await loss({ penalty: 4, drift: 0 })];
    expect(some.loss! - none.loss!).toBeCloseTo(4 * some.penalty!, 3);
    const drifted = await loss({ penalty: 0, drift: 100 });
    expect(drifted.loss! - none.loss!).toBeGreaterThanOrEqual(100 * none.realScore! ** 2 - 1e-3);
  });

  it.each([
    [{ from: 6 }, 'growing: from: expected a power of 2 from 4, got 6'],
    [
      { from: 16 },
      'data: expected square images whose side is a power of 2 above 16, up to 64, got shapes:16 of 16x16',
    ],
    [{ fade: 0 }, 'set fade: expected a whole number from 1, got 0'],
  ])('refuses %j', (set, message) => {
    expect(() => tiny('progressive-gan', set, 'images')).toThrow(new RangeError(message));
  });
});
