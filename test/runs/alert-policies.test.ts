import { describe, expect, it } from 'vitest';
import { checkPolicies, mayRollBack, policiesOf } from '../../src/runs/alert-policies.ts';

describe('policiesOf', () => {
  it('reads rule=policy, the last one winning', () => {
    expect(policiesOf(['NonFiniteValues=rollback', 'ModeCollapse=warn', 'ModeCollapse=stop'])).toEqual({
      NonFiniteValues: 'rollback',
      ModeCollapse: 'stop',
    });
  });

  it.each([
    ['ModeCollapse', 'onAlert: expected rule=policy, got "ModeCollapse"'],
    ['ModeColapse=stop', /^onAlert: expected one of .*, got "ModeColapse"; did you mean ModeCollapse\?$/],
    [
      'ModeCollapse=explode',
      'onAlert ModeCollapse: expected one of warn, checkpoint, rollback, stop, got "explode"',
    ],
    ['TargetDown=stop', /^onAlert: expected one of (?!.*TargetDown.*got)/],
    ['=stop', /^onAlert: expected one of/],
  ])('refuses %s', (text, message) => {
    expect(() => policiesOf([text])).toThrow(message);
  });
});

describe('policies', () => {
  it('are checked by name', () => {
    checkPolicies('onAlert', { ModeCollapse: 'stop' });
    expect(() => checkPolicies('onAlert', { ModeCollapse: 'halt' as never })).toThrow(
      'onAlert ModeCollapse: expected one of warn, checkpoint, rollback, stop, got "halt"',
    );
  });

  it('may roll a run back', () => {
    expect(mayRollBack({ onAlert: { ModeCollapse: 'stop', NonFiniteValues: 'rollback' } })).toBe(true);
    expect(mayRollBack({ onAlert: { ModeCollapse: 'stop' } })).toBe(false);
    expect(mayRollBack({})).toBe(false);
  });
});
