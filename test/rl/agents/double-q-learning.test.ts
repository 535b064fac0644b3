import { describe, expect, it } from 'vitest';
import { flattenTree, Value } from '../../../src/engine/index.ts';
import { doubleQLearning, epsilonGreedy, qLearning, type TabularAgent } from '../../../src/rl/index.ts';
import { agentSuite, experience } from './agent-suite.ts';
import { corridor } from './corridor.ts';

describe('doubleQLearning', () => {
  agentSuite((environment) =>
    doubleQLearning(environment, { alpha: 0.3, gamma: 0.9, explore: epsilonGreedy(0.3), seed: 4 }),
  );

  it('updates one of its tables at a time, and acts by their mean', () => {
    const agent = doubleQLearning(corridor(), { alpha: 1, gamma: 0.5 });
    agent.step(experience({ index: 0, observation: 3, action: 1, reward: 10, kind: 'termination' }));
    expect(agent.actionValues(3)).toEqual([0, 5]);
    const { first, second } = agent.save().tensors as Record<string, { data: Float32Array }>;
    expect([first!.data[7], second!.data[7]].sort()).toEqual([0, 10]);
  });

  it('acts by the mean of restored tables in every state', () => {
    const agent = doubleQLearning(corridor(), { alpha: 1, gamma: 0.5 });
    const { tensors, state } = agent.save();
    const tables = { first: Value.filled([5, 2], 2), second: Value.filled([5, 2], 4) };
    agent.restore({ tensors: flattenTree<Value>({ ...(tensors as object), ...tables }), state });
    for (let at = 0; at < 5; at++) expect(agent.actionValues(at)).toEqual([3, 3]);
  });

  it('has no maximisation bias: the values of a coin stay near its mean', () => {
    // One step from state 2 to 3, where each action pays 1 or -1 by chance; the right value is 0
    // (Sutton and Barto, 6.7).
    const bias = (agent: TabularAgent) => {
      let chance = 1;
      let sum = 0;
      for (let index = 0; index < 4_000; index += 2) {
        chance = Math.imul(chance ^ (chance >>> 15), 2246822519) + 3266489917;
        const reward = (chance >>> 16) % 2 === 0 ? 1 : -1;
        const action = (chance >>> 20) % 2;
        agent.step(experience({ index, observation: 2, action: 1, next: 3, reward: 0 }));
        const end = {
          index: index + 1,
          observation: 3,
          action,
          next: 4,
          reward,
          kind: 'termination',
        } as const;
        agent.step(experience(end));
        sum += agent.actionValues(2)[1]!;
      }
      return sum / 2_000;
    };
    const options = { alpha: 0.2, gamma: 1 };
    expect(bias(qLearning(corridor(), options))).toBeGreaterThan(0.12);
    expect(Math.abs(bias(doubleQLearning(corridor(), options)))).toBeLessThan(0.06);
  });
});
