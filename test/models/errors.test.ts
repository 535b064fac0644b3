import { describe, expect, it } from 'vitest';
import { NonFiniteLossError, NonFiniteStateError } from '../../src/models/index.ts';

describe('the errors of training', () => {
  it('NonFiniteLossError names player, step, value name and value', () => {
    expect(new NonFiniteLossError('critic', 12, 'penalty', Number.NaN)).toMatchObject({
      name: 'NonFiniteLossError',
      code: 'NON_FINITE_LOSS',
      kind: 'policy',
      player: 'critic',
      index: 12,
      message: 'step 12 of critic: penalty is NaN; training stopped, and nothing of this step was saved',
    });
  });

  it('NonFiniteStateError names the step, the tensor and the value', () => {
    expect(new NonFiniteStateError(12, 'critic/weights/0/bias', Infinity)).toMatchObject({
      name: 'NonFiniteStateError',
      code: 'NON_FINITE_STATE',
      kind: 'policy',
      index: 12,
      message: 'state before step 12: critic/weights/0/bias holds Infinity; nothing of it was saved',
    });
  });
});
