import { describe, expect, it } from 'vitest';
import {
  bestAction,
  bestValue,
  epsilonGreedy,
  evaluateGreedy,
  expectedSarsa,
  frozenLake,
  mountainCar,
  qLearning,
} from '../../../src/rl/index.ts';
import { agentSuite, experience, learnOnIce } from './agent-suite.ts';
import { corridor } from './corridor.ts';

const options = { alpha: 0.2, gamma: 0.99 };
const visits = { observation: 2, action: 1, next: 3 };

describe('qLearning', () => {
  agentSuite((environment) => qLearning(environment, { ...options, explore: epsilonGreedy(0.3), seed: 4 }));

  it('updates a value by a fifth of the error: -0.2, -0.36, -0.488', () => {
    const agent = qLearning(corridor(), options);
    const values = [0, 1, 2].map((index) => {
      agent.step(experience({ ...visits, index, reward: -1 }));
      return agent.actionValues(2)[1];
    });
    expect(values).toEqual([-0.2, -0.36, -0.488].map(Math.fround));
  });

  it('bootstraps from the best next action, at a truncation too, and not at a termination', () => {
    const valueAfter = (kind: 'transition' | 'truncation' | 'termination') => {
      const agent = qLearning(corridor(), { ...options, alpha: 1 });
      agent.step(experience({ index: 0, observation: 3, action: 0, reward: -7, kind: 'termination' }));
      agent.step(experience({ index: 1, observation: 3, action: 1, reward: 10, kind: 'termination' }));
      agent.step(experience({ ...visits, index: 2, reward: -1, kind }));
      return agent.actionValues(2)[1]!;
    };
    expect(valueAfter('transition')).toBeCloseTo(-1 + 0.99 * 10, 5);
    expect(valueAfter('truncation')).toBeCloseTo(-1 + 0.99 * 10, 5);
    expect(valueAfter('termination')).toBe(-1);
  });

  it('reports an episode when it ends', () => {
    const agent = qLearning(corridor(), options);
    const first = agent.step(experience({ ...visits, index: 0, reward: -1 }));
    expect(first).toMatchObject({ index: 0, player: 'q-learning', values: {} });
    const last = agent.step(
      experience({
        index: 1,
        observation: 3,
        action: 1,
        reward: 1,
        kind: 'termination',
        length: 2,
        return: 0,
      }),
    );
    expect(last.values).toEqual({ return: 0, length: 2, tdError: 1, epsilon: 0, coverage: 0.2 });
  });

  it('learns the way to the rewarded end', () => {
    const agent = qLearning(corridor(), { ...options, initial: 1 });
    let cell = 2;
    for (let index = 0; index < 400; index++) {
      const action = agent.act(cell, index);
      const next = cell + 2 * action - 1;
      const kind = next === 0 || next === 4 ? 'termination' : 'transition';
      agent.step(experience({ index, observation: cell, action, next, reward: next === 4 ? 1 : 0, kind }));
      cell = kind === 'termination' ? 2 : next;
    }
    expect([1, 2, 3].map((state) => agent.greedy(state))).toEqual([1, 1, 1]);
    expect(agent.stateValues()[3]).toBeCloseTo(1, 5);
    expect(agent.stateValues()[2]).toBeCloseTo(0.99, 3);
  });

  it('learns frozen-lake', async () => {
    const agent = qLearning(frozenLake(), { alpha: 0.1, gamma: 0.99, explore: epsilonGreedy(0.2), seed: 1 });
    await learnOnIce(agent, 60_000);
    // The best there is reaches the goal in 0.74 of the episodes, a random walk in 0.01.
    const { returnMean } = await evaluateGreedy(frozenLake(), agent, { episodes: 500 });
    expect(returnMean).toBeGreaterThan(0.5);
  });

  it('refuses spaces that are not discrete, and options against their rule', () => {
    expect(() => qLearning(mountainCar() as never, options)).toThrow(
      /^environment: expected one with discrete observations, such as discretised\(\.\.\.\), got MountainCar-v0/,
    );
    const refused = { alpha: -0.1, gamma: 1.5, initial: Number.NaN, seed: 0.5 };
    for (const [name, value] of Object.entries(refused))
      expect(() => qLearning(corridor(), { ...options, [name]: value })).toThrow(
        new RegExp(`^${name}: expected .*, got ${value}$`),
      );
  });
});

describe('action values', () => {
  const rows = Float32Array.of(5, 5, 4, -3, -1, -2);

  it('give the best action of a row, the first of equal ones', () => {
    expect([bestAction(rows, 0, 3), bestAction(rows, 3, 3)]).toEqual([0, 1]);
    expect([bestValue(rows, 0, 3), bestValue(rows, 3, 3)]).toEqual([5, -1]);
  });
});

describe('expectedSarsa', () => {
  agentSuite((environment) =>
    expectedSarsa(environment, { alpha: 0.3, gamma: 0.9, explore: epsilonGreedy(0.3), seed: 4 }),
  );

  it('bootstraps from the mean over the next actions', () => {
    const agent = expectedSarsa(corridor(), { alpha: 1, gamma: 0.5, explore: epsilonGreedy(0.2) });
    agent.step(experience({ index: 0, observation: 3, action: 0, reward: 4, kind: 'termination' }));
    agent.step(experience({ index: 1, observation: 3, action: 1, reward: 10, kind: 'termination' }));
    agent.step(experience({ index: 2, observation: 2, action: 1, next: 3, reward: 1 }));
    // Probabilities 0.1 and 0.9: 1 + 0.5 (0.4 + 9).
    expect(agent.actionValues(2)[1]).toBeCloseTo(5.7, 5);
  });
});
