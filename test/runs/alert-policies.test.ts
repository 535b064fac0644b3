import { describe, expect, it } from 'vitest';
import { policiesOf } from '../../src/runs/alert-policies.ts';

describe('policiesOf', () => {
  it('reads rule=policy, the last one winning', () => {
    expect(policiesOf(['NonFiniteValues=rollback', 'ModeCollapse=warn', 'ModeCollapse=stop'])).toEqual({
      NonFiniteValues: 'rollback',
      ModeCollapse: 'stop',
    });
  });

  it.each([
    ['ModeCollapse', '--on-alert: expected rule=policy, got "ModeCollapse"'],
    ['ModeColapse=stop', /^--on-alert: expected one of .*, got "ModeColapse"; did you mean ModeCollapse\?$/],
    [
      'ModeCollapse=explode',
      '--on-alert ModeCollapse: expected one of warn, checkpoint, rollback, stop, got "explode"',
    ],
    ['TargetDown=stop', /^--on-alert: expected one of (?!.*TargetDown.*got)/],
    ['=stop', /^--on-alert: expected one of/],
  ])('refuses %s', (text, message) => {
    expect(() => policiesOf([text])).toThrow(message);
  });
});
