import { describe, expect, it } from 'vitest';
import { minimax, nonSaturating } from '../../../src/models/index.ts';
import { both, bothNames } from '../support.ts';
import { gradientsBeside, judged, scores } from './judged.ts';

describe.each(bothNames)('the minimax loss on %s', (name) => {
  it('has a vanishing gradient for the generator where the critic is confident', () => {
    const { generatorByFake } = judged(minimax(), scores(0), scores(-10), both[name]);
    expect(generatorByFake[0]).toBeCloseTo(-4.54e-5, 7);
  });

  it('has the critic of the non-saturating loss, and minus its fake part for the generator', () => {
    const [real, fake] = [scores(0.5, 2), scores(-2, 0.3)];
    const { critic, generator } = judged(minimax(), real, fake, both[name]);
    expect(critic).toBe(judged(nonSaturating(), real, fake, both[name]).critic);
    expect(generator).toBeCloseTo(-(Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(0.3))) / 2, 5);
  });

  it('has the gradients of finite differences', () => {
    const { gradients, differences } = gradientsBeside(minimax(), [0.5, -1], [0.3, -2], both[name]);
    expect(gradients).toEqual(differences.map((slope) => expect.closeTo(slope, 3)));
  });
});
