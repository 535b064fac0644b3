import { WeirError } from '../base/index.ts';

/**
 * The server cannot be reached where it was asked to be: the port is taken, or the address is not
 * one of this machine.
 */
export class ListenError extends WeirError {
  readonly code = 'LISTEN';
  readonly kind = 'input';
}

/** The file of the token for `/control` cannot be trusted or made. */
export class TokenFileError extends WeirError {
  readonly code = 'TOKEN_FILE';
  readonly kind = 'input';
}

/** A request that is not answered as asked. The message is what the client reads. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
