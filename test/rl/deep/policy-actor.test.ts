import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { ActorCritic } from '../../../src/rl/deep/actor-critic.ts';
import { PolicyActor } from '../../../src/rl/deep/policy-actor.ts';
import { categoricalPolicy, VectorEnvironment } from '../../../src/rl/index.ts';
import { corridor, linear } from './support.ts';

const parts = new ActorCritic({
  observation: 2,
  policy: categoricalPolicy(2),
  network: { hidden: [], activation: 'tanh' },
});
const moment = { index: 0, key: keyOf(1) };

/** Going on is e^bias times as likely as going back; a state is worth its place. */
function actor(bias: number, steps: number, ...whole: [boolean?]): PolicyActor<number> {
  const made = new PolicyActor(parts, steps, ...whole);
  const towards = [
    [0, 0],
    [0, bias],
  ];
  made.load({ policy: linear(towards, [0, 0]), value: linear([[1], [0]], [0]), own: {} });
  return made;
}

describe('an actor by a policy', () => {
  it('keeps what it thought of the states, before and after', () => {
    const rollout = actor(50, 5).collect(new VectorEnvironment(() => corridor(3, 6)), moment);
    expect([...rollout.actions]).toEqual([1, 1, 1, 1, 1]);
    expect([...rollout.valuesBefore]).toEqual([0, 1, 2, 0, 1]);
    // Nothing after the termination; after the last step, the state that it led to.
    expect([...rollout.valuesAfter]).toEqual([1, 2, 0, 1, 2]);
  });

  it('judges the last state of a truncated episode, not the first of the next', () => {
    const rollout = actor(50, 3).collect(new VectorEnvironment(() => corridor(5, 2)), moment);
    expect([...rollout.continues]).toEqual([1, 0, 1]);
    expect([...rollout.valuesAfter]).toEqual([1, 2, 1]);
  });

  it('keeps the environments apart', () => {
    const rollout = actor(50, 2).collect(new VectorEnvironment(() => corridor(5, 9), { count: 2 }), moment);
    expect([...rollout.valuesBefore]).toEqual([0, 0, 1, 1]);
    expect([...rollout.valuesAfter]).toEqual([1, 1, 2, 2]);
  });

  it('knows how probable each action was', () => {
    const rollout = actor(Math.log(3), 40).collect(new VectorEnvironment(() => corridor()), moment);
    for (const [row, action] of rollout.actions.entries())
      expect(rollout.logProbabilities[row]).toBeCloseTo(Math.log(action === 1 ? 0.75 : 0.25), 6);
    expect(new Set(rollout.actions).size).toBe(2);
  });

  it('plays whole episodes where it is told so', () => {
    const { episodes, valuesAfter } = actor(50, 4, true).collect(
      new VectorEnvironment(() => corridor(3, 9)),
      moment,
    );
    expect(episodes).toEqual([{ return: 1, length: 3 }]);
    expect([...valuesAfter]).toEqual([1, 2, 0, 0]);
  });

  it('takes the most probable action for the best', () => {
    expect(actor(1, 1).best([0, 1])).toBe(1);
    expect(actor(-1, 1).best([0, 1])).toBe(0);
  });
});
