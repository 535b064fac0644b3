import { WeirError } from '../../base/index.ts';

/**
 * An environment does what its contract forbids; the message names the environment, the rule and
 * what it did.
 */
export class EnvironmentContractError extends WeirError {
  readonly code = 'ENVIRONMENT_CONTRACT';
  readonly kind = 'input';

  constructor(environment: string, rule: string, got: string, options?: ErrorOptions) {
    super(`${environment}: ${rule}, got ${got}`, options);
  }
}
