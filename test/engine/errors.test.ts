import { describe, expect, it } from 'vitest';
import { WeirError } from '../../src/base/index.ts';
import { EngineUnavailableError } from '../../src/engine/index.ts';

describe('EngineUnavailableError', () => {
  it('has a stable code and is the business of whoever chose the engine', () => {
    const cause = new Error('no such file');
    const error = new EngineUnavailableError('not here', { cause });
    expect(error).toBeInstanceOf(WeirError);
    expect(error).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      kind: 'input',
      name: 'EngineUnavailableError',
      message: 'not here',
      cause,
    });
  });
});
