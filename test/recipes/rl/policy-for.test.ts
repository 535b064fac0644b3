import { expect, it } from 'vitest';
import { policyFor } from '../../../src/recipes/rl/policy-for.ts';
import { acrobot, pendulum } from '../../../src/rl/index.ts';

it('chooses among whole numbers, and draws real ones', () => {
  expect(policyFor(acrobot()).outputs).toBe(3);
  expect(policyFor(pendulum()).outputs).toBe(1);
});
