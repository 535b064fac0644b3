import { type AlertPolicies, policiesOf } from '../runs/index.ts';

/** What a user may say of alerts. */
export interface Alerting {
  readonly onAlert?: readonly string[];
  readonly alertWebhook?: string;
}

/**
 * The policies of a run for its config: those that were asked for, over those that it had before;
 * nothing where there are none.
 * @throws RangeError
 */
export function policiesIn(
  { onAlert = [] }: Alerting,
  before: AlertPolicies = {},
): { readonly onAlert?: AlertPolicies } {
  const policies = { ...before, ...policiesOf(onAlert) };
  return Object.keys(policies).length === 0 ? {} : { onAlert: policies };
}

/** Whether a run may be rolled back. */
export function mayRollBack({ onAlert = {} }: { readonly onAlert?: AlertPolicies }): boolean {
  return Object.values(onAlert).includes('rollback');
}
