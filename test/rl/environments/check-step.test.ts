import { expect, it } from 'vitest';
import { box, checkRestart, checkStep, restart, transition } from '../../../src/rl/index.ts';

const toy = { name: 'Toy-v0', observation: box([0, 0], [1, 1]) };

it('lets steps through that keep the contract', () => {
  const [first, next] = [restart([0, 1]), transition([1, 1], -2)];
  expect(checkRestart(toy, first)).toBe(first);
  expect(checkStep(toy, next)).toBe(next);
});

it('names the rule that a step breaks', () => {
  const wrong = (step: unknown) => () => checkStep(toy, step as never);
  expect(wrong(transition([0, 0], Number.NaN))).toThrow(
    'Toy-v0: expected a reward that is a finite number, got NaN',
  );
  expect(wrong(transition([0], 1))).toThrow(
    'Toy-v0: expected an observation that is a list of 2 finite numbers (0 to 1, 0 to 1), got [0]',
  );
  expect(wrong(transition([0, Number.NaN], 1))).toThrow('got [0, NaN]');
  expect(wrong({ ...transition([0, 0], 1), kind: 'done' })).toThrow(
    'expected step() to answer with a transition, a termination or a truncation, got {"kind":"done"',
  );
  expect(wrong(undefined)).toThrow('got undefined');
});

it('names what is wrong with a first step', () => {
  expect(() => checkRestart(toy, transition([0, 0], 0) as never)).toThrow(
    'Toy-v0: expected reset() to answer with a restart, which has no reward, got {"kind":"transition"',
  );
  expect(() => checkRestart(toy, { ...restart([0, 0]), reward: 0 } as never)).toThrow('which has no reward');
  expect(() => checkRestart(toy, restart([2, 0]))).toThrow('got [2, 0]');
});
