import { Command } from 'commander';
import { expect, it } from 'vitest';
import { evaluationOptions } from '../../src/cli/evaluation-options.ts';

it('evaluationOptions are read as numbers and names', () => {
  const command = evaluationOptions(new Command());
  command.parse(['--evaluate-every', '50', '--keep-best', 'fid', '--samples', '20'], { from: 'user' });
  expect(command.opts()).toEqual({ evaluateEvery: 50, keepBest: 'fid', samples: 20 });
});
