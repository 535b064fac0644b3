import { describe, expect, it } from 'vitest';
import { ListenError, Refusal, TokenFileError } from '../../src/server/errors.ts';

describe('the errors of the server', () => {
  it('have stable codes, and are the fault of what was given', () => {
    expect(new ListenError('x')).toMatchObject({ code: 'LISTEN', kind: 'input', name: 'ListenError' });
    expect(new TokenFileError('x')).toMatchObject({ code: 'TOKEN_FILE', kind: 'input' });
  });

  it('carry what a client is answered', () => {
    const refusal = new Refusal(405, 'method: expected GET', { allow: 'GET' });
    expect(refusal).toMatchObject({
      status: 405,
      message: 'method: expected GET',
      headers: { allow: 'GET' },
    });
  });
});
