import { expect, it } from 'vitest';
import { EnvironmentContractError } from '../../../src/rl/index.ts';

it('names the environment, the rule and what was done', () => {
  const error = new EnvironmentContractError('Toy-v0', 'expected a reward that is a finite number', 'NaN');
  expect(error).toMatchObject({ code: 'ENVIRONMENT_CONTRACT', kind: 'input' });
  expect(error.message).toBe('Toy-v0: expected a reward that is a finite number, got NaN');
});
