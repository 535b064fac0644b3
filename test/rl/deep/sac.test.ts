import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { sgd } from '../../../src/models/index.ts';
import { type SacOptions, sac } from '../../../src/rl/index.ts';
import { expectClose } from '../../models/support.ts';
import { updateOf } from './off-policy-update.ts';
import { leafOf, linear } from './support.ts';

const options: SacOptions = {
  observation: 1,
  action: { low: [-2], high: [4] },
  network: { hidden: [], activation: 'relu' },
  optimizer: sgd({ rate: 0.1 }),
  gamma: 0.5,
  rolloutSteps: 1,
  updates: 1,
  batch: 1,
  targetDecay: 0.75,
  temperature: 0.5,
};

/** Rows of a critic's kernel: the observation, the action. */
const critics = (first: number[], second: number[]) => ({
  first: linear([[first[0]!], [first[1]!]], [0]),
  second: linear([[second[0]!], [second[1]!]], [0]),
});

const state: Tree<Value> = {
  policy: linear([[0, 0]], [0, 0]),
  critics: critics([1, 2], [0, 0]),
  target: critics([3, 1], [1, 0]),
  temperature: { log: Value.scalar(Math.log(0.5)) },
  optimizer: { policy: {}, critics: {}, temperature: {} },
};

/** The policy draws u = 0.5 at 1, and 0 at 2. */
const step = (changed: Partial<SacOptions> = {}, discount = 1) =>
  updateOf(sac({ ...options, ...changed }), state, { discount, noise: 0.5, noiseAfter: 0 });

/** ln of the density of 0 under a standard normal, and of tanh(0.5), with ln(1 - tanh(0.5)^2). */
const [logAfter, logNow] = [-0.91893853, -0.125 - 0.91893853 + 0.24022901];
// The target critics have 6 and 2 at (2, 0).
const target = 1 + 0.5 * (2 - 0.5 * logAfter);
/** Of critics that have 2 and 0 at (1, 0.5). */
const [first, second] = [target - 2, target];

describe('an update of a soft actor-critic', () => {
  it('moves the critics towards the smaller target estimate and the entropy', () => {
    const { after, values } = step();
    expect(values.valueLoss).toBeCloseTo((first ** 2 + second ** 2) / 2, 5);
    expect(values.tdError).toBeCloseTo((first + second) / 2, 5);
    expect(values.qMean).toBe(2);
    expectClose(leafOf(after, 'critics/first/0/kernel'), [1 + 0.1 * first, 2 + 0.05 * first], 1e-5);
    expectClose(leafOf(after, 'critics/second/0/kernel'), [0.1 * second, 0.05 * second], 1e-5);
    expectClose(leafOf(after, 'critics/second/0/bias'), [0.1 * second], 1e-5);
  });

  it('takes the reward alone where the episode terminated', () => {
    expect(step({}, 0).values.valueLoss).toBeCloseTo((1 + 1) / 2, 5);
  });

  it('moves the policy by the smaller of the new critics, and by its entropy', () => {
    const { after, values } = step();
    const action = Math.tanh(0.5);
    const byAction = 0.05 * second;
    expect(values.policyLoss).toBeCloseTo(0.5 * logNow - (0.2 * second + byAction * action), 5);
    // d ln p / d mean = 2 tanh(u); d action / d mean = 1 - tanh(u)^2.
    const mean = 0.5 * 2 * action - byAction * (1 - action ** 2);
    const deviation = 0.5 * (-1 + 2 * action * 0.5) - byAction * (1 - action ** 2) * 0.5;
    expectClose(leafOf(after, 'policy/0/kernel'), [-0.1 * mean, -0.1 * deviation], 1e-5);
    expectClose(leafOf(after, 'policy/0/bias'), [-0.1 * mean, -0.1 * deviation], 1e-5);
  });

  it('moves the temperature towards the target entropy, -1 for one number', () => {
    const { after, values } = step();
    expect(values.entropy).toBeCloseTo(-logNow, 5);
    expect(values.temperature).toBe(0.5);
    expectClose(leafOf(after, 'temperature/log'), [Math.log(0.5) + 0.1 * 0.5 * (logNow - 1)], 1e-5);
    const higher = step({ targetEntropy: 2 }).after;
    expectClose(leafOf(higher, 'temperature/log'), [Math.log(0.5) + 0.1 * 0.5 * (logNow + 2)], 1e-5);
    expect(step({ learnTemperature: false }).after.temperature).toEqual(state.temperature);
  });

  it('averages the target critics by targetDecay', () => {
    const { after } = step();
    const kernel = [3 + 0.25 * (1 + 0.1 * first - 3), 1 + 0.25 * (2 + 0.05 * first - 1)];
    expectClose(leafOf(after, 'target/first/0/kernel'), kernel, 1e-5);
  });

  it('does not happen while the memory fills', () => {
    expect(step({ warmup: 1 })).toMatchObject({ after: state, values: { replaySize: 1 } });
  });
});

describe('a soft actor-critic', () => {
  it('begins with target critics that equal the critics, which differ from each other', () => {
    const { critics, target } = sac(options).init(keyOf(1)) as Record<string, Tree<Value>>;
    expect(target).toEqual(critics);
    expect(critics!.first).not.toEqual(critics!.second);
  });

  it.each([
    [{ temperature: 0 }, 'sac: temperature: expected a finite number above 0, got 0'],
    [{ batch: 0 }, 'sac: batch: expected a whole number from 1, got 0'],
    [{ targetDecay: 2 }, 'sac: targetDecay: expected a finite number from 0 to 1, got 2'],
    [
      { action: { low: [0], high: [Infinity] } },
      'sac: action: expected finite bounds, each lower one below its upper one, got [0] and [Infinity]',
    ],
  ])('refuses %j', (wrong, message) => {
    expect(() => sac({ ...options, ...wrong } as never)).toThrow(new RangeError(message));
  });
});
