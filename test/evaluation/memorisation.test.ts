import { describe, expect, it } from 'vitest';
import { memorisation } from '../../src/evaluation/memorisation.ts';
import { A, B, rows, some } from './known.ts';

const [training, heldOut] = [some(A, 0, 32), some(A, 32, 64)];

describe('memorisation', () => {
  it('gives what is found by hand on a line', async () => {
    const line = (...places: number[]) => rows(places.length, 1, (i) => places[i]!);
    const found = await memorisation(line(1, 11), line(0, 10, 14), line(3, 15, 30));
    // To training 1 and 1; to held-out 2 and 4. Row 0 has its nearest at 10, row 10 has its nearest
    // at 4.
    expect(found).toEqual({ toTraining: 1, toHeldOut: 3, ratio: expect.closeTo(1 / 3, 12), copies: 1 });
  });

  it('sees copies of the training data', async () => {
    expect(await memorisation(training, training, heldOut)).toMatchObject({
      toTraining: 0,
      ratio: 0,
      copies: 1,
    });
  });

  it('sees nothing in independent samples', async () => {
    const { ratio, copies } = await memorisation(B, training, heldOut);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.2);
    expect(copies).toBeLessThan(0.9);
  });

  it('refuses a larger held-out part', async () => {
    await expect(memorisation(B, training, A)).rejects.toThrow(
      'expected as many held-out rows as training rows, 32, got 64',
    );
  });
});
