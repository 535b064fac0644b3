import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../src/engine/index.ts';
import { enginePairwise, kernelDistance, manifoldScores } from '../../src/evaluation/index.ts';
import { matrixOf } from '../../src/evaluation/rows.ts';
import { A, B, shifted } from './known.ts';

const { engine } = await openEngine('auto');
const pairwise = enginePairwise(engine);
afterAll(() => pairwise.close());

describe('enginePairwise', () => {
  it('gives the scores of the plain comparison', async () => {
    expect(await manifoldScores(A, B, { pairwise })).toMatchObject({ precision: 0.703125, recall: 0.53125 });
    expect((await kernelDistance(A, B, { pairwise })).mean).toBeCloseTo(0.242473118, 5);
  });

  it('gives distance 0 to copies, far from the origin too', async () => {
    const far = matrixOf('far', shifted(A, 1000));
    const distances = await pairwise.squaredDistances(far, far);
    for (let i = 0; i < 64; i++) expect(distances[i * 64 + i]).toBe(0);
    const exact = await manifoldScores(shifted(A, 30), shifted(B, 30));
    expect(await manifoldScores(shifted(A, 30), shifted(B, 30), { pairwise })).toEqual(exact);
  });

  it('leaves nothing on the engine', () => {
    const before = engine.memory().tensors;
    enginePairwise(engine).close();
    expect(engine.memory().tensors).toBe(before);
  });
});
