import { expect, it } from 'vitest';
import { hasMetrics } from '../../../src/runs/index.ts';

it('knows an event with values from one without', () => {
  const event = { index: 0, player: 'agent', seconds: 0 };
  expect(hasMetrics({ ...event, values: {} })).toBe(false);
  expect(hasMetrics({ ...event, values: { return: -1 } })).toBe(true);
});
