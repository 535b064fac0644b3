import type { Command } from 'commander';
import { type AlertPolicies, policiesOf } from '../runs/index.ts';
import { type MetricRegistry, Webhook } from '../telemetry/index.ts';

/** What a user may say of alerts. */
export interface Alerting {
  readonly onAlert?: readonly string[];
  readonly alertWebhook?: string;
}

/** Adds the options of what alerts do. */
export function alertingOptions(command: Command): Command {
  return command
    .option(
      '--on-alert <rule=policy>',
      'what an alert does: warn (default), checkpoint, rollback or stop; may be repeated',
      (text: string, before: string[] = []) => [...before, text],
    )
    .option('--alert-webhook <url>', 'address to which every alert is posted as JSON');
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

/** The webhook of the alerts, if an address is given. @throws RangeError */
export function webhookIn({ alertWebhook }: Alerting, registry: MetricRegistry): Webhook | undefined {
  return alertWebhook === undefined ? undefined : new Webhook(alertWebhook, registry);
}
