import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sceneOf, shapeNames, wordsPerScene } from '../../src/data/scene.ts';

const words = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), {
  minLength: wordsPerScene,
  maxLength: wordsPerScene,
});

describe('sceneOf', () => {
  it('keeps every shape inside the image', () => {
    fc.assert(
      fc.property(words, (random) => {
        const { x, y, radius } = sceneOf(random);
        for (const centre of [x, y]) {
          expect(centre - 1.15 * radius).toBeGreaterThan(0);
          expect(centre + 1.15 * radius).toBeLessThan(1);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('has a caption of its shape, colour, size and place', () => {
    fc.assert(
      fc.property(words, (random) => {
        const scene = sceneOf(random);
        const pattern = /^a (small|medium|large) (\w+) (\w+) (?:at the|in the) (.+)$/;
        const [, size, , shape, place] = pattern.exec(scene.caption)!;
        expect(shape).toBe(scene.shape);
        expect(size).toBe(scene.radius < 0.18 ? 'small' : scene.radius < 0.24 ? 'medium' : 'large');
        expect(/left/.test(place!)).toBe(scene.x < 0.45);
        expect(/right/.test(place!)).toBe(scene.x > 0.55);
        expect(/top/.test(place!)).toBe(scene.y < 0.45);
        expect(/bottom/.test(place!)).toBe(scene.y > 0.55);
        expect(place === 'centre').toBe(Math.max(Math.abs(scene.x - 0.5), Math.abs(scene.y - 0.5)) < 0.05);
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('has the first and the last of every choice for the least and the largest words', () => {
    const first = sceneOf(new Uint32Array(wordsPerScene));
    const last = sceneOf(new Uint32Array(wordsPerScene).fill(2 ** 32 - 1));
    expect(first.caption).toBe('a small red circle at the top left');
    expect(last.caption).toBe('a large white crescent at the bottom right');
    expect(shapeNames).toHaveLength(8);
  });
});
