import { given } from '../base/index.ts';
import { type AlertPolicies, policiesOf } from '../runs/index.ts';
import type { Severity } from '../telemetry/index.ts';
import { type Console, warner } from './console.ts';

/** What a user may say of alerts. */
export interface Alerting {
  readonly onAlert?: readonly string[];
  readonly alertWebhook?: string;
}

/** The policies that were asked for; nothing where there are none. @throws RangeError */
export function policiesIn({ onAlert = [] }: Alerting): { readonly onAlert?: AlertPolicies } {
  return given({ onAlert: onAlert.length === 0 ? undefined : policiesOf(onAlert) });
}

/** Prints alerts; those that only inform not where the command is to be quiet. */
export function alertPrinter(console: Console, { quiet = false }: { readonly quiet?: boolean }) {
  const warn = warner(console);
  return (message: string, severity: Severity): void => {
    if (!(quiet && severity === 'info')) warn(message);
  };
}
