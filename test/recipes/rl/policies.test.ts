import { expect, it } from 'vitest';
import { boxPolicy, discretePolicy } from '../../../src/recipes/rl/policies.ts';
import { acrobot, pendulum } from '../../../src/rl/index.ts';

it('chooses among whole numbers, and draws real ones', () => {
  expect(discretePolicy(acrobot().action).outputs).toBe(3);
  expect(boxPolicy(pendulum().action).outputs).toBe(1);
});
