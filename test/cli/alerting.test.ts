import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type Alerting, alertingOptions, mayRollBack, policiesIn } from '../../src/cli/alerting.ts';

const parsed = (...args: string[]) =>
  alertingOptions(new Command()).parse(args, { from: 'user' }).opts<Alerting>();

describe('the options of alerts', () => {
  it('say what each alert does', () => {
    const alerting = parsed('--on-alert', 'ModeCollapse=stop', '--on-alert', 'KlTooHigh=checkpoint');
    expect(policiesIn(alerting)).toEqual({ ModeCollapse: 'stop', KlTooHigh: 'checkpoint' });
    expect(mayRollBack(alerting)).toBe(false);
    expect(mayRollBack(parsed('--on-alert', 'NonFiniteValues=rollback'))).toBe(true);
    expect(policiesIn(parsed())).toEqual({});
  });

  it('name an address', () => {
    expect(parsed('--alert-webhook', 'http://x/').alertWebhook).toBe('http://x/');
  });
});
