import { expect, it } from 'vitest';
import {
  evaluationMetrics,
  ganMetrics,
  rlMetrics,
} from '../../../../src/telemetry/metrics/catalogue/learning.ts';

it('tells what the critic says of real examples from what it says of generated ones', () => {
  expect(ganMetrics.weir_gan_critic_accuracy_ratio.values).toEqual({
    realAccuracy: { source: 'real' },
    fakeAccuracy: { source: 'fake' },
  });
});

it('tells the coverage of a table from the coverage of the data', () => {
  expect(rlMetrics.weir_rl_table_coverage_ratio.values).toEqual({ coverage: {} });
  expect(evaluationMetrics.weir_evaluation_coverage_ratio.values).toEqual({ coverage: {} });
});
