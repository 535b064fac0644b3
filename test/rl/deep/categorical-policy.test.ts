import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { categoricalPolicy } from '../../../src/rl/index.ts';
import { compute, expectClose } from '../../models/support.ts';

const logits = Float64Array.of(0, Math.log(3), Math.log(4));
const policy = categoricalPolicy(3);

describe('a categorical policy', () => {
  it('draws each action as often as it is probable: 1/8, 3/8 and 1/2 of 8,000, within five deviations', () => {
    const choices = policy.choices(8000, keyOf(1));
    const counts = [0, 0, 0];
    for (let row = 0; row < 8000; row++) counts[policy.draw(logits, {}, row, choices)]!++;
    for (const [action, share] of [1 / 8, 3 / 8, 1 / 2].entries()) {
      const deviation = Math.sqrt(8000 * share * (1 - share));
      expect(Math.abs(counts[action]! - 8000 * share)).toBeLessThan(5 * deviation);
    }
  });

  it('keeps what it drew and how probable it was, as a program computes it', () => {
    const choices = policy.choices(50, keyOf(2));
    const drawn = Array.from({ length: 50 }, (_, row) => policy.draw(logits, {}, row, choices));
    expect([...choices.actions]).toEqual(drawn);
    const outputs = Value.of(Array.from({ length: 50 }, () => [...logits]).flat(), [50, 3]);
    const { log } = compute({ outputs, action: policy.input(choices.actions, 50) }, (given) => ({
      log: policy.logProbability(given.outputs, {}, given.action),
    }));
    expectClose(log, [...choices.logProbabilities], 1e-6);
  });

  it('takes the most probable action for the best', () => {
    expect(policy.best(logits)).toBe(2);
  });

  it('refuses no actions', () => {
    expect(() => categoricalPolicy(0)).toThrow('categoricalPolicy: actions: expected a whole number from 1');
  });
});
