import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type Alerting, mayRollBack, policiesIn } from '../../src/cli/alerting.ts';
import { alertingOptions } from '../../src/cli/run-options.ts';

const parsed = (...args: string[]) =>
  alertingOptions(new Command()).parse(args, { from: 'user' }).opts<Alerting>();

describe('the options of alerts', () => {
  it('say what each alert does', () => {
    const alerting = parsed('--on-alert', 'ModeCollapse=stop', '--on-alert', 'KlTooHigh=checkpoint');
    expect(policiesIn(alerting)).toEqual({ onAlert: { ModeCollapse: 'stop', KlTooHigh: 'checkpoint' } });
    expect(mayRollBack(policiesIn(alerting))).toBe(false);
    expect(mayRollBack(policiesIn(parsed('--on-alert', 'NonFiniteValues=rollback')))).toBe(true);
    expect(policiesIn(parsed())).toEqual({});
  });

  it('stand until others are asked for', () => {
    const before = { ModeCollapse: 'stop', KlTooHigh: 'checkpoint' } as const;
    expect(policiesIn(parsed(), before)).toEqual({ onAlert: before });
    expect(policiesIn(parsed('--on-alert', 'ModeCollapse=warn'), before)).toEqual({
      onAlert: { ModeCollapse: 'warn', KlTooHigh: 'checkpoint' },
    });
  });

  it('name an address', () => {
    expect(parsed('--alert-webhook', 'http://x/').alertWebhook).toBe('http://x/');
  });
});
