import { didYouMean, oneOf, show } from '../../base/index.ts';
import { type AlertName, alerts } from './alerts.ts';

/** What an alert does beside being told. */
export type AlertPolicy = 'warn' | 'checkpoint' | 'rollback' | 'stop';

const policies = ['warn', 'checkpoint', 'rollback', 'stop'] as const;

/** The policy of each alert; one that is not here warns. */
export type AlertPolicies = Readonly<Partial<Record<AlertName, AlertPolicy>>>;

/** The policies of `rule=policy` texts. @throws RangeError naming the rule or the policy that is none */
export function policiesOf(texts: readonly string[], option = '--on-alert'): AlertPolicies {
  return Object.fromEntries(
    texts.map((text) => {
      const [rule = '', policy] = text.split(/=(.*)/s);
      if (policy === undefined) throw new RangeError(`${option}: expected rule=policy, got ${show(text)}`);
      return [ruleOf(option, rule), oneOf(`${option} ${rule}`, policy, policies)];
    }),
  );
}

function ruleOf(option: string, rule: string): string {
  const rules = Object.keys(alerts).filter((name) => !('prometheus' in alerts[name as AlertName].when));
  if (rules.includes(rule)) return rule;
  const near = didYouMean(rule, rules);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  throw new RangeError(`${option}: expected one of ${rules.join(', ')}, got ${show(rule)}${hint}`);
}
