import { oneOf, show, unknownName } from '../base/index.ts';

/** The alerts that a run itself can raise. */
export const runAlerts = [
  'NonFiniteValues',
  'GradientExplosion',
  'CriticOverpowering',
  'ModeCollapse',
  'EntropyCollapse',
  'KlTooHigh',
  'RewardPlateau',
  'RunFailed',
  'TrainingStalled',
  'StreamStalled',
  'BackpressureSaturated',
  'ThroughputDrop',
  'CheckpointStale',
  'TensorLeak',
  'MemoryLeak',
  'EventLoopLag',
  'SpansDropped',
] as const;

/** The name of such an alert. */
export type RunAlert = (typeof runAlerts)[number];

/** What an alert does in addition to the warning. */
export type AlertPolicy = 'warn' | 'checkpoint' | 'rollback' | 'stop';

/** All policies. */
export const alertPolicies = ['warn', 'checkpoint', 'rollback', 'stop'] as const;

/** The policy of each alert; one that is not here warns. */
export type AlertPolicies = Readonly<Partial<Record<RunAlert, AlertPolicy>>>;

/**
 * The policies of `rule=policy` texts. @throws RangeError naming the rule or the policy that is
 * none
 */
export function policiesOf(texts: readonly string[], option = 'onAlert'): AlertPolicies {
  return Object.fromEntries(
    texts.map((text) => {
      const [rule = '', policy] = text.split(/=(.*)/s);
      if (policy === undefined) throw new RangeError(`${option}: expected rule=policy, got ${show(text)}`);
      return [ruleOf(option, rule), oneOf(`${option} ${rule}`, policy, alertPolicies)];
    }),
  );
}

/** @throws RangeError naming an alert or a policy that is none */
export function checkPolicies(name: string, onAlert: AlertPolicies): void {
  policiesOf(
    Object.entries(onAlert).map(([rule, policy]) => `${rule}=${policy}`),
    name,
  );
}

/** Whether an alert may roll the run back, so that it needs a checkpoint from its beginning. */
export function mayRollBack({ onAlert = {} }: { readonly onAlert?: AlertPolicies }): boolean {
  return Object.values(onAlert).includes('rollback');
}

function ruleOf(option: string, rule: string): string {
  if (runAlerts.some((name) => name === rule)) return rule;
  throw new RangeError(unknownName(option, rule, runAlerts));
}
