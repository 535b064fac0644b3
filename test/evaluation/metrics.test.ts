import { expect, it } from 'vitest';
import { ring8 } from '../../src/data/index.ts';
import { Value } from '../../src/engine/index.ts';
import { scoreComputations } from '../../src/evaluation/metrics.ts';
import { scoreTable } from '../../src/evaluation/scores.ts';

it('metrics apply to what has what they need, and every score comes from one of them', () => {
  const rows = Value.filled([2, 2], 0);
  const points = { kind: 'points', mixture: ring8(), real: { samples: rows, features: rows } } as const;
  const images = { kind: 'images', real: { samples: rows, features: rows, probabilities: rows } } as const;
  const of = (subject: typeof points | typeof images) =>
    scoreComputations.filter((metric) => metric.applies(subject)).flatMap(({ scores }) => scores);
  expect(of(points)).toEqual([
    'fid',
    'kid',
    'precision',
    'recall',
    'density',
    'coverage',
    'slicedWasserstein',
    'modes',
    'highQuality',
    'reverseKl',
  ]);
  expect(of(images)).toEqual([
    'fid',
    'kid',
    'inceptionScore',
    'precision',
    'recall',
    'density',
    'coverage',
    'slicedWasserstein',
    'msSsim',
    'modes',
    'reverseKl',
    'spread',
  ]);
  const agents = ['returnMean'];
  expect(new Set([...of(points), ...of(images), ...agents])).toEqual(new Set(Object.keys(scoreTable)));
});
