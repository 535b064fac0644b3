import { expect, it } from 'vitest';
import { tells } from '../../../src/runs/index.ts';

it('knows an event with values from one without', () => {
  const event = { index: 0, player: 'agent', seconds: 0 };
  expect(tells({ ...event, values: {} })).toBe(false);
  expect(tells({ ...event, values: { return: -1 } })).toBe(true);
});
