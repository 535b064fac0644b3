import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { WeirError } from '../../src/base/index.ts';
import { describeError, exitCodeOf } from '../../src/cli/exit-code.ts';

class Stopped extends WeirError {
  readonly code = 'STOPPED';
  readonly kind = 'policy';
}

class Broken extends WeirError {
  readonly code = 'BROKEN';
  readonly kind = 'failure';
}

class Refused extends WeirError {
  readonly code = 'REFUSED';
  readonly kind = 'input';
}

const system = (code: string) => Object.assign(new Error(`${code}: of the system`), { code });

describe('exitCodeOf', () => {
  it.each([
    [new RangeError('--steps: expected a whole number from 1, got 0'), 1],
    [new TypeError('Value: expected a Float32Array for float32, got Array'), 1],
    [new CommanderError(1, 'commander.unknownOption', 'unknown option'), 1],
    [new CommanderError(0, 'commander.help', 'help'), 0],
    [new Broken('disk'), 2],
    [new Stopped('non-finite'), 3],
    [new Refused('dir', { cause: system('EACCES') }), 1],
    [new Refused('dir', { cause: system('ENOSPC') }), 2],
    [new Refused('dir', { cause: new Error('write', { cause: system('EIO') }) }), 2],
    [new Stopped('dir', { cause: system('ENOSPC') }), 3],
    [new RangeError('Maximum call stack size exceeded'), 2],
    [new TypeError('undefined is not a function'), 2],
    [new Error('anything'), 2],
    ['text', 2],
  ])('%s ends with %i', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe('describeError', () => {
  it('gives the message of what is expected to happen and the stack of what is not', () => {
    expect(describeError(new Stopped('critic: NaN'))).toBe('critic: NaN');
    expect(describeError(new RangeError('a: expected b, got c'))).toBe('a: expected b, got c');
    expect(describeError(new TypeError('undefined is not a function'))).toContain('exit-code.test.ts');
    expect(describeError('text')).toBe('text');
  });
});
