import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { evaluationOptions, servingOptions } from '../../src/cli/run-options.ts';

it('evaluationOptions are read as numbers and names', () => {
  const command = evaluationOptions(new Command());
  command.parse(['--evaluate-every', '50', '--keep-best', 'fid', '--samples', '20'], { from: 'user' });
  expect(command.opts()).toEqual({ evaluateEvery: 50, keepBest: 'fid', samples: 20 });
});

describe('servingOptions', () => {
  const parsed = (...args: string[]) => servingOptions(new Command()).parse(args, { from: 'user' }).opts();

  it('serves on this machine alone unless something else is said', () => {
    expect(parsed()).toEqual({ host: '127.0.0.1', serve: true });
    expect(parsed('--no-serve')).toMatchObject({ serve: false });
    expect(parsed('--allow-host', 'a', '--allow-host', 'b', '--port', '80')).toMatchObject({
      allowHost: ['a', 'b'],
      port: 80,
    });
  });
});
