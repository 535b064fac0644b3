import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type Alerting, alertPrinter, policiesIn } from '../../src/cli/alerting.ts';
import { alertingOptions } from '../../src/cli/run-options.ts';

const parsed = (...args: string[]) =>
  alertingOptions(new Command()).parse(args, { from: 'user' }).opts<Alerting>();

describe('the options of alerts', () => {
  it('say what each alert does', () => {
    const alerting = parsed('--on-alert', 'ModeCollapse=stop', '--on-alert', 'KlTooHigh=checkpoint');
    expect(policiesIn(alerting)).toEqual({ onAlert: { ModeCollapse: 'stop', KlTooHigh: 'checkpoint' } });
    expect(policiesIn(parsed())).toEqual({});
  });

  it.each([
    [false, 'weir: a\nweir: b\n'],
    [true, 'weir: b\n'],
  ])('with quiet %s print alerts as %j', (quiet, expected) => {
    let written = '';
    const stream = { write: (text: string) => (written += text) };
    const print = alertPrinter({ stdout: stream, stderr: stream, env: {} }, { quiet });
    print('a', 'info');
    print('b', 'warning');
    expect(written).toBe(expected);
  });

  it('name an address', () => {
    expect(parsed('--alert-webhook', 'http://x/').alertWebhook).toBe('http://x/');
  });
});
