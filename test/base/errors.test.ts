import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systemCode, version, WeirError } from '../../src/base/index.ts';

class TornError extends WeirError {
  readonly code = 'TORN';
  readonly kind = 'input';
}

describe('WeirError', () => {
  it('carries code, kind, cause and the name of its class', () => {
    const cause = new Error('short read');
    const error = new TornError('file: torn', { cause });
    expect(error).toMatchObject({
      code: 'TORN',
      kind: 'input',
      name: 'TornError',
      message: 'file: torn',
      cause,
    });
    expect(error).toBeInstanceOf(Error);
  });
});

describe('systemCode', () => {
  it('is the code of a system error, and nothing for the rest', () => {
    let caught: unknown;
    try {
      readFileSync('/no/such/file');
    } catch (error) {
      caught = error;
    }
    expect(systemCode(caught)).toBe('ENOENT');
    expect(systemCode(new Error('plain'))).toBeUndefined();
    expect(systemCode('ENOENT')).toBeUndefined();
  });
});

it('is the version of package.json', () => {
  expect(version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});
