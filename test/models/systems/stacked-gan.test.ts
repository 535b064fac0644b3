import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  concatCondition,
  dense,
  mlpCritic,
  mlpGenerator,
  type StackedGanOptions,
  sequential,
  sgd,
  stackedGan,
  stackPlayers,
  tanh,
  train,
} from '../../../src/models/index.ts';
import { inOrder, phases, type StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames } from '../support.ts';
import { phaseLaws } from './phase-laws.ts';
import { pointsAt, systemLaws } from './system-laws.ts';

const optimizer = sgd({ rate: 0.05 });
const small = { width: 6, depth: 1, activation: tanh };
const level = (above: number, below: number, encoder = sequential([dense(above), tanh()])) => ({
  encoder,
  generator: mlpGenerator({ ...small, first: [concatCondition(above)], outputs: below }),
  critic: mlpCritic(small),
  guess: dense(2),
});
const options: StackedGanOptions = {
  levels: [level(5, 2), level(2, 5, dense(2))],
  shape: [2],
  classes: 2,
  latent: 2,
  optimizers: { encoder: optimizer, critic: optimizer, generator: optimizer },
  average: 0.5,
};
const make = () => stackedGan(options);
const plan = phases([
  { name: 'encoder', steps: 2, schedule: inOrder(stackPlayers(2).encoder) },
  { name: 'apart', steps: 4, schedule: inOrder(stackPlayers(2).apart) },
  { name: 'together', schedule: inOrder(stackPlayers(2).together) },
]);

describe('stackedGan', () => {
  systemLaws(make);
  const pair = (at: number) => ({
    [`critic@${at}`]: [`critic@${at}`, `guess@${at}`],
    [`generator@${at}`]: [`generator@${at}`],
    [`joint-critic@${at}`]: [`critic@${at}`, `guess@${at}`],
    [`joint-generator@${at}`]: [`generator@${at}`],
  });
  phaseLaws({
    make,
    plan,
    batchAt: pointsAt,
    trains: { encoder: ['encoder@0', 'encoder@1'], ...pair(0), ...pair(1) },
  });

  it('has players from the class down', () => {
    expect(stackPlayers(2).apart).toEqual(['critic@1', 'generator@1', 'critic@0', 'generator@0']);
    expect(stackPlayers(1).together).toEqual(['joint-critic@0', 'joint-generator@0']);
  });
});

it('draws samples of all classes in turn, or of the one that is asked for', async () => {
  const trainer = train(make(), both.onnx, { seed: 1 });
  const inputs = trainer.system.samplerInputs(4, { high: 0, low: 1 });
  expect(inputs.label).toEqual(Value.of([1, 0, 0, 1, 1, 0, 0, 1], [4, 2]));
  const one = await trainer.sample(2, 3, { label: 1 });
  expect(await trainer.sample(2, 3, { label: 1 })).toEqual(one);
  expect(await trainer.sample(2, 3, { label: 0 })).not.toEqual(one);
  trainer.close();
});

/** Puts out the same numbers, whatever comes in. */
const constant = (numbers: readonly number[]) =>
  dense(numbers.length, {
    kernel: (_, shape) => Value.filled(shape, 0),
    bias: (_, shape) => Value.of(numbers, shape),
  });
const still = sgd({ rate: 0 });

describe.each(bothNames)('a stack of networks that say nothing, on %s', (name) => {
  const nothing = (entropy: number) =>
    stackedGan({
      ...options,
      entropy,
      levels: [
        {
          encoder: constant([1, 0, 0]),
          generator: constant([0.25, 0.25]),
          critic: mlpCritic({ ...small, head: constant([0]) }),
          guess: constant([0.5, 0.5]),
        },
        {
          encoder: constant([3, 3]),
          generator: constant([1, 1, 0]),
          critic: mlpCritic({ ...small, head: constant([0]) }),
          guess: constant([0.5, 0.5]),
        },
      ],
      optimizers: { encoder: still, critic: still, generator: still },
    });
  const batch = {
    ...pointsAt(0),
    examples: Value.filled([4_000, 2], 1),
    labels: new Value('int32', [4_000], new Int32Array(4_000)),
  };
  const valuesOf = (player: string, entropy = 10) => {
    const trainer = train(nothing(entropy), both[name], { seed: 2 });
    const { values } = trainer.step({ index: 0, player, batch }) as StepEvent;
    trainer.close();
    return values;
  };

  it('gives the critic ln 2, and ten times the variance of the noise, 1/12', () => {
    const { loss, noiseError } = valuesOf('critic@0');
    expect(noiseError).toBeCloseTo(1 / 12, 2);
    expect(loss).toBeCloseTo(Math.LN2 + 10 * noiseError!, 5);
    expect(valuesOf('critic@1', 0).loss).toBeCloseTo(Math.LN2, 5);
  });

  it('asks the generator for the class at the top, and for the features below', () => {
    const top = valuesOf('generator@1', 0);
    expect(top.conditional).toBeCloseTo(Math.LN2, 5);
    expect(top.loss).toBeCloseTo(2 * Math.LN2, 5);
    // True features are (1, 0, 0), as read in what is made; made ones are (1, 1, 0).
    expect(valuesOf('generator@0', 0).conditional).toBeCloseTo(0, 6);
    const joint = valuesOf('joint-generator@0', 0);
    expect(joint.conditional).toBeCloseTo(1 / 3, 5);
    expect(joint.loss).toBeCloseTo(Math.LN2 + 1 / 3, 5);
  });
});

it.each([
  [{ levels: [] }, 'stacked-gan: levels: expected one or more, got none'],
  [{ levels: [level(5, 2)] }, 'stacked-gan: encoder: expected [2] at the top, got [5]'],
  [
    { levels: [level(5, 3), level(2, 5, dense(2))] },
    'stacked-gan: generator of level 0: expected [2], got [3]',
  ],
  [{ latent: 3 }, 'stacked-gan: guess of level 0: expected [3], got [2]'],
  [{ entropy: -1 }, 'stacked-gan: entropy: expected a finite number from 0, got -1'],
])('refuses networks that do not fit (%#)', (more, message) => {
  expect(() => stackedGan({ ...options, ...more })).toThrow(new RangeError(message));
});

it('refuses batches without labels', () => {
  const trainer = train(make(), both.cpu, { seed: 1 });
  const { examples } = pointsAt(0);
  expect(() => trainer.step({ index: 0, player: 'encoder', batch: { examples } })).toThrow(
    'byLabel: expected batches with labels, got none',
  );
  trainer.close();
});
