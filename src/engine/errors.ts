import { WeirError } from '../base/index.ts';

/**
 * An engine was asked for by name and is not available on this machine; the message says how to
 * install it.
 */
export class EngineUnavailableError extends WeirError {
  readonly code = 'ENGINE_UNAVAILABLE';
  readonly kind = 'input';
}
