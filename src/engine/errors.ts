import { WeirError } from '../base/index.ts';

/** An engine was asked for by name and cannot be had on this machine; the message tells how to install it. */
export class EngineUnavailableError extends WeirError {
  readonly code = 'ENGINE_UNAVAILABLE';
  readonly kind = 'input';
}
