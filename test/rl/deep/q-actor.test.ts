import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { argMax } from '../../../src/rl/deep/arg-max.ts';
import { HostMlp } from '../../../src/rl/deep/host-mlp.ts';
import { QActor } from '../../../src/rl/deep/q-actor.ts';
import { VectorEnvironment } from '../../../src/rl/index.ts';
import { corridor, linear } from './support.ts';

const shape = { inputs: 2, hidden: [], outputs: 2, activation: 'relu' } as const;

/** An actor to which going on is worth more, everywhere. */
function forward(epsilon: (index: number) => number, steps = 6, hold = 1): QActor {
  const actor = new QActor(new HostMlp(shape), 2, { rolloutSteps: steps, epsilon, hold });
  actor.load(
    linear(
      [
        [0, 0],
        [0, 1],
      ],
      [0, 0],
    ),
  );
  return actor;
}

const moment = (index: number) => ({ index, key: keyOf(1, 'play', index) });

describe('an actor by values', () => {
  it('takes the best action where epsilon is 0', () => {
    const { actions, rewards } = forward(() => 0).collect(new VectorEnvironment(() => corridor()), moment(0));
    expect([...actions]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([...rewards]).toEqual([0, 0, 1, 0, 0, 1]);
  });

  it('takes either action as often where epsilon is 1, within five deviations', () => {
    const { actions } = forward(() => 1, 2000).collect(new VectorEnvironment(() => corridor()), moment(0));
    expect(Math.abs(actions.filter((action) => action === 0).length - 1000)).toBeLessThan(5 * Math.sqrt(500));
  });

  it('takes the other action half as often as epsilon says, for the step', () => {
    const actor = forward((index) => (index === 0 ? 0 : 0.2), 4000);
    const others = (index: number) =>
      actor
        .collect(new VectorEnvironment(() => corridor()), moment(index))
        .actions.filter((action) => action === 0).length;
    expect(others(0)).toBe(0);
    expect(Math.abs(others(1) - 400)).toBeLessThan(5 * Math.sqrt(4000 * 0.1 * 0.9));
  });

  it('holds what it took at random, for 1 to so many steps, in each environment by itself', () => {
    const environments = new VectorEnvironment(() => corridor(), { count: 2 });
    const { actions } = forward(() => 1, 3000, 4).collect(environments, moment(0));
    const changes = (environment: number) =>
      actions.filter((action, row) => row % 2 === environment && row > 1 && action !== actions[row - 2])
        .length;
    // A hold is 2.5 steps long in the mean, and every second one changes the action: once in five
    // steps.
    for (const environment of [0, 1])
      expect(Math.abs(changes(environment) - 600)).toBeLessThan(5 * Math.sqrt(600));
  });

  it('plays the same turn the same way', () => {
    const play = (index: number) =>
      forward(() => 0.5, 50).collect(new VectorEnvironment(() => corridor()), moment(index));
    expect(play(3)).toEqual(play(3));
    expect(play(3).actions).not.toEqual(play(4).actions);
  });

  it('knows the best action', () => {
    expect(forward(() => 1).best([0, 1])).toBe(1);
  });
});

it.each([
  [[3, 1, 2], 0],
  [[1, 3, 2], 1],
  [[-3, -2, -1], 2],
  [[1, 5, 5], 1],
])('of %j is %i, the first of equals', (numbers, place) => {
  expect(argMax(numbers)).toBe(place);
});
