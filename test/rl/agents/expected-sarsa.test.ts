import { describe, expect, it } from 'vitest';
import { epsilonGreedy, expectedSarsa } from '../../../src/rl/index.ts';
import { agentSuite, experience } from './agent-suite.ts';
import { corridor } from './corridor.ts';

describe('expectedSarsa', () => {
  agentSuite((environment) =>
    expectedSarsa(environment, { alpha: 0.3, gamma: 0.9, explore: epsilonGreedy(0.3), seed: 4 }),
  );

  it('bootstraps from the mean over what it will do', () => {
    const agent = expectedSarsa(corridor(), { alpha: 1, gamma: 0.5, explore: epsilonGreedy(0.2) });
    agent.step(experience({ index: 0, observation: 3, action: 0, reward: 4, kind: 'termination' }));
    agent.step(experience({ index: 1, observation: 3, action: 1, reward: 10, kind: 'termination' }));
    agent.step(experience({ index: 2, observation: 2, action: 1, next: 3, reward: 1 }));
    // Probabilities 0.1 and 0.9: 1 + 0.5 (0.4 + 9).
    expect(agent.actionValues(2)[1]).toBeCloseTo(5.7, 5);
  });
});
