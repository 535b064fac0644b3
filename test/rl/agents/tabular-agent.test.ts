import { expect, it } from 'vitest';
import { monotonicSeconds } from '../../../src/base/index.ts';
import { boltzmann, epsilonGreedy, linear, qLearning, TabularAgent } from '../../../src/rl/index.ts';
import { experience } from './agent-suite.ts';
import { corridor } from './corridor.ts';

it('reports the parameter of its exploration at the step', () => {
  const end = experience({ index: 0, kind: 'termination' });
  const agent = qLearning(corridor(), { alpha: 1, gamma: 1, explore: epsilonGreedy(linear(0.8, 0, 4)) });
  expect(agent).toBeInstanceOf(TabularAgent);
  expect(agent.step(end).values.epsilon).toBe(0.8);
  expect(agent.step({ ...end, index: 1 }).values.epsilon).toBeCloseTo(0.6);
  const warm = qLearning(corridor(), { alpha: 1, gamma: 1, explore: boltzmann(3) });
  expect(warm.step(end).values).toMatchObject({ temperature: 3 });
});

it('takes its learning rate from the schedule', () => {
  const agent = qLearning(corridor(), { alpha: linear(1, 0, 2), gamma: 1 });
  for (const index of [0, 1, 2]) agent.step(experience({ index, reward: 8, kind: 'termination' }));
  // From 0 by all of 8; the next errors are 0.
  expect(agent.actionValues(0)[0]).toBe(8);
  agent.step(experience({ index: 3, reward: 0, kind: 'termination' }));
  expect(agent.actionValues(0)[0]).toBe(8);
});

it('begins with the initial value of the option', () => {
  expect(qLearning(corridor(), { alpha: 1, gamma: 1, initial: -2 }).actionValues(4)).toEqual([-2, -2]);
});

it('gives the values of visited states', () => {
  const agent = qLearning(corridor(), { alpha: 1, gamma: 1, initial: -2 });
  agent.step(experience({ index: 0, observation: 3, action: 1, reward: 5, kind: 'termination' }));
  expect([...agent.stateValues()]).toEqual([Number.NaN, Number.NaN, Number.NaN, 5, Number.NaN]);
});

it('reports the seconds of the step that was timed last', () => {
  const agent = qLearning(corridor(), { alpha: 1, gamma: 1 });
  const began = monotonicSeconds() - 1e6;
  const { seconds } = agent.step(experience({ index: 0, began }));
  expect(seconds).toBeGreaterThanOrEqual(1e6);
  expect(agent.step(experience({ index: 1, began })).seconds).toBe(seconds);
  expect(agent.step(experience({ index: 2, began: monotonicSeconds() })).seconds).toBeLessThan(1e6);
});

it('learns by alpha times a factor, which is saved with it and leaves no trace where it is 1', () => {
  const [slow, other] = [0, 0].map(() => qLearning(corridor(), { alpha: 0.5, gamma: 1 }));
  expect(slow!.save().state).not.toHaveProperty('rateFactor');
  slow!.rateFactor = 0.5;
  slow!.step(experience({ index: 0, reward: 8, kind: 'termination' }));
  expect(slow!.actionValues(0)[0]).toBe(2);
  other!.restore(slow!.save());
  expect(other!.rateFactor).toBe(0.5);
  slow!.rateFactor = 1e6;
  slow!.step(experience({ index: 1, reward: 8, kind: 'termination' }));
  expect(slow!.actionValues(0)[0]).toBe(8);
  expect(() => {
    slow!.rateFactor = 0;
  }).toThrow('rateFactor: expected a finite number above 0, got 0');
});
