import { describe, expect, it } from 'vitest';
import { epsilonGreedy, frozenLake, nStepSarsa, sarsa } from '../../../src/rl/index.ts';
import { agentSuite, experience, learnOnIce } from './agent-suite.ts';
import { corridor } from './corridor.ts';

const options = { alpha: 0.3, gamma: 0.9, explore: epsilonGreedy(0.3), seed: 4 };

describe('sarsa', () => {
  agentSuite((environment) => sarsa(environment, options));

  it('takes the action that it bootstrapped from', () => {
    const agent = sarsa(corridor(), { ...options, alpha: 1, gamma: 0.5, explore: epsilonGreedy(0.5) });
    agent.step(experience({ index: 0, observation: 3, action: 0, reward: 4, kind: 'termination' }));
    agent.step(experience({ index: 1, observation: 3, action: 1, reward: 10, kind: 'termination' }));
    const seen = new Set<string>();
    for (let index = 2; index < 60; index++) {
      agent.step(experience({ index, observation: 2, action: 1, next: 3, reward: 0 }));
      const next = agent.act(3, index + 1);
      expect(agent.actionValues(2)[1]).toBe(next === 0 ? 2 : 5);
      seen.add(String(next));
    }
    expect(seen.size).toBe(2);
  });
});

describe('nStepSarsa', () => {
  agentSuite((environment) => nStepSarsa(environment, { ...options, steps: 3 }));

  it('with one step is SARSA', async () => {
    const values = async (agent: ReturnType<typeof sarsa>) => (await learnOnIce(agent, 2_000)).saved.tensors;
    expect(await values(nStepSarsa(frozenLake(), { ...options, steps: 1 }))).toEqual(
      await values(sarsa(frozenLake(), options)),
    );
  });

  it('updates after n rewards, and all pending values at the end', () => {
    const agent = nStepSarsa(corridor(), { alpha: 1, gamma: 0.5, steps: 2 });
    agent.step(experience({ index: 0, observation: 1, action: 1, next: 2, reward: 1 }));
    expect(agent.actionValues(1)[1]).toBe(0);
    agent.step(experience({ index: 1, observation: 2, action: 1, next: 3, reward: 2 }));
    expect(agent.actionValues(1)[1]).toBe(1 + 0.5 * 2);
    agent.step(experience({ index: 2, observation: 3, action: 1, next: 4, reward: 8, kind: 'termination' }));
    expect(agent.actionValues(2)[1]).toBe(2 + 0.5 * 8);
    expect(agent.actionValues(3)[1]).toBe(8);
  });

  it('bootstraps pending values at a truncation', () => {
    const agent = nStepSarsa(corridor(), { alpha: 1, gamma: 0.5, steps: 2, initial: 16 });
    agent.step(experience({ index: 0, observation: 1, action: 1, next: 2, reward: 1 }));
    agent.step(experience({ index: 1, observation: 2, action: 1, next: 3, reward: 2, kind: 'truncation' }));
    expect(agent.actionValues(1)[1]).toBe(1 + 0.5 * 2 + 0.25 * 16);
    expect(agent.actionValues(2)[1]).toBe(2 + 0.5 * 16);
  });

  it('refuses n below 1', () => {
    expect(() => nStepSarsa(corridor(), { ...options, steps: 0 })).toThrow(
      new RangeError('steps: expected a whole number from 1, got 0'),
    );
  });
});
