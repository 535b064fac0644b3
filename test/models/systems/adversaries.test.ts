import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { flatten, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import {
  type Adversary,
  batchNorm,
  dense,
  mlpCritic,
  mlpGenerator,
  relu,
  type Saved,
  sequential,
  sgd,
  train,
} from '../../../src/models/index.ts';
import { type Adversaries, adversaries, type Rules } from '../../../src/models/systems/adversaries.ts';
import { applied, engineNames, engines, expectClose, moments, noise } from '../support.ts';

/** A critic that never moves, and a generator that wants high scores. */
const rules: Rules = {
  name: 'quarrel',
  critic: (state, { real }) => ({ state, outputs: { loss: tf.mean(real!) } }),
  generatorLoss: (scores) => tf.neg(tf.mean(scores)),
  criticInputs: ({ examples }) => ({ more: Value.scalar(examples.shape[0]!) }),
};

const options: Adversaries = {
  critic: mlpCritic({ width: 4, depth: 1 }),
  generator: sequential([dense(4), batchNorm(), relu(), dense(2)]),
  latent: 3,
  optimizers: { critic: sgd({ rate: 0.5 }), generator: sgd({ rate: (index) => 1 / (1 + index) }) },
};

const batch = { examples: noise('batch', [5, 2]) };
const turn = (player: Adversary, index = 0, rate?: number) => ({
  ...{ player, index, batch },
  ...(rate === undefined ? {} : { rate }),
});

const branch = (tree: Tree<Value>, ...names: readonly string[]) =>
  names.reduce((node, name) => node[name] as Tree<Value>, tree);

/** The weights of the generator and their average before and after a turn of the generator. */
function averaged(average: number, engine = engines.cpu) {
  const trainer = train(adversaries({ ...options, average }, rules), engine);
  const weightsOf = ({ tensors }: Saved) => flatten(branch(tensors, 'generator', 'weights'));
  const averageOf = ({ tensors }: Saved) => flatten(branch(tensors, 'average'));
  const first = trainer.save();
  trainer.step(turn('critic', 0));
  const unmoved = trainer.save();
  trainer.step(turn('generator', 1));
  const second = trainer.save();
  return { trainer, first, unmoved, second, weightsOf, averageOf };
}

describe('a system of adversaries', () => {
  it('has a branch of state for each player, its optimiser, and the average where there is one', () => {
    const paths = (chosen: Adversaries) => [
      ...new Set(
        [...flatten(adversaries(chosen, rules).init(keyOf(1))).keys()].map((path) =>
          path.split('/', 2).join('/'),
        ),
      ),
    ];
    const players = ['critic/weights', 'generator/weights', 'generator/memory'];
    expect(paths(options)).toEqual(players);
    const momentum = { critic: sgd({ rate: 1, momentum: 0.5 }), generator: sgd({ rate: 1, momentum: 0.5 }) };
    expect(paths({ ...options, optimizers: momentum, average: 0.9 })).toEqual([
      ...players,
      'optimizer/critic',
      'optimizer/generator',
      'average/0',
      'average/1',
      'average/3',
    ]);
  });

  it('starts as its key says, the players apart, and the average as a copy of the generator', () => {
    const system = adversaries({ ...options, average: 0.9 }, rules);
    const state = system.init(keyOf(1));
    expect(system.init(keyOf(1))).toEqual(state);
    expect(system.init(keyOf(2))).not.toEqual(state);
    expect(state.average).toEqual(branch(state, 'generator').weights);
    const leaves = [...flatten(state).values()].map(({ data }) => data.buffer);
    expect(new Set(leaves).size).toBe(leaves.length);
  });

  it('gives the critic its batch, noise for as many examples, its rate, and what the rules add', () => {
    const inputs = adversaries(options, rules).inputs(turn('critic'), keyOf(1)) as Record<string, Value>;
    expect(Object.keys(inputs).sort()).toEqual(['more', 'noise', 'rate', 'real']);
    expect(inputs.real).toBe(batch.examples);
    expect(inputs.noise!.shape).toEqual([5, 3]);
    expect(inputs.more).toEqual(Value.scalar(5));
  });

  it('gives the generator noise and its rate alone', () => {
    const inputs = adversaries(options, rules).inputs(turn('generator'), keyOf(1));
    expect(Object.keys(inputs).sort()).toEqual(['noise', 'rate']);
  });

  it('draws its noise by the key of the turn', () => {
    const { inputs } = adversaries(options, rules);
    expect(inputs(turn('critic'), keyOf(1)).noise).toEqual(inputs(turn('generator'), keyOf(1)).noise);
    expect(inputs(turn('critic'), keyOf(1)).noise).not.toEqual(inputs(turn('critic'), keyOf(2)).noise);
  });

  it("takes the rate of the turn, else the optimiser's for its index", () => {
    const { inputs } = adversaries(options, rules);
    const rateOf = (...of: Parameters<typeof turn>) => (inputs(turn(...of), keyOf(1)).rate as Value).data[0];
    expect(rateOf('critic', 3)).toBe(0.5);
    expect(rateOf('generator', 3)).toBe(0.25);
    expect(rateOf('generator', 3, 0.125)).toBe(0.125);
    expect(rateOf('generator', 3, 0)).toBe(0);
  });

  it.each([-1, Number.NaN, Infinity])('refuses a rate of %s, whoever says it', (rate) => {
    const message = (player: Adversary) =>
      new RangeError(`quarrel: rate of the ${player}: expected a finite number from 0, got ${rate}`);
    const { inputs } = adversaries(options, rules);
    expect(() => inputs(turn('critic', 0, rate), keyOf(1))).toThrow(message('critic'));
    const optimizers = { ...options.optimizers, generator: sgd({ rate: () => rate }) };
    const system = adversaries({ ...options, optimizers }, rules);
    expect(() => system.inputs(turn('generator'), keyOf(1))).toThrow(message('generator'));
  });

  it('moves the generator to higher scores, and nothing else', () => {
    const trainer = train(adversaries(options, rules), engines.cpu);
    const before = trainer.save().tensors;
    const scoreOf = ({ generator, critic }: Tree<Value>) => {
      const z = noise('z', [64, 3]);
      const { y } = applied(options.generator, z, { initial: generator as never, training: true });
      return moments(applied(options.critic, y, { initial: critic as never }).y.data).mean;
    };
    trainer.step(turn('generator', 0, 0.05));
    const after = trainer.save().tensors;
    expect(scoreOf(after)).toBeGreaterThan(scoreOf(before) + 1e-3);
    expect(after.critic).toEqual(before.critic);
    expect(branch(after, 'generator').memory).not.toEqual(branch(before, 'generator').memory);
    trainer.close();
  });

  it.each(engineNames)('averages the weights of the generator in its turns (%s)', (name) => {
    const { trainer, first, unmoved, second, weightsOf, averageOf } = averaged(0.75, engines[name]);
    expect(averageOf(unmoved)).toEqual(averageOf(first));
    for (const [path, now] of weightsOf(second)) {
      const old = weightsOf(first).get(path)!;
      expectClose(
        averageOf(second).get(path)!,
        [...now.data].map((w, i) => 0.75 * old.data[i]! + 0.25 * w),
      );
    }
    trainer.close();
  });

  it('draws samples from the average, or else from the generator, by running averages', async () => {
    const { trainer, second } = averaged(0.75);
    const { memory, weights } = branch(second.tensors, 'generator') as {
      memory: Tree<Value>;
      weights: Tree<Value>;
    };
    const system = adversaries(options, rules);
    const { noise: z } = system.samplerInputs(6, keyOf(4)) as { noise: Value };
    const from = (chosen: Tree<Value>) =>
      applied(options.generator, z, { initial: { weights: chosen, memory }, training: false }).y;
    const draw = async (state: Tree<Value>) => {
      const session = engines.cpu.open(state);
      const { samples } = await session.run(system.sampler, { noise: z });
      session.close();
      return samples;
    };
    expect(await draw(second.tensors)).toEqual(from(branch(second.tensors, 'average')));
    const { average: _, ...without } = second.tensors;
    expect(await draw(without)).toEqual(from(weights));
    trainer.close();
  });

  it('refuses a batch of another shape, naming both', () => {
    const { inputs } = adversaries(options, rules);
    for (const shape of [[5, 3], [5], [5, 2, 1]]) {
      const wrong = { ...turn('critic'), batch: { examples: noise('x', shape) } };
      const got = shape.slice(1);
      expect(() => inputs(wrong, keyOf(1))).toThrow(
        new RangeError(`quarrel: expected examples of [2], as the generator makes them, got [${got}]`),
      );
    }
  });

  it.each([
    [{ latent: 0 }, 'quarrel: latent: expected a whole number from 1, got 0'],
    [{ latent: 2.5 }, 'quarrel: latent: expected a whole number from 1, got 2.5'],
    [{ average: 1 }, 'quarrel: average: expected a finite number from 0 to'],
    [{ average: -0.1 }, 'quarrel: average: expected a finite number from 0 to'],
    [{ critic: dense(2) }, 'quarrel: critic: expected one score for an example, [1], got [2]'],
    [
      { critic: mlpGenerator({ outputs: 3 }) },
      'quarrel: critic: expected one score for an example, [1], got [3]',
    ],
  ])('refuses options: %#', (wrong, message) => {
    expect(() => adversaries({ ...options, ...wrong }, rules)).toThrow(RangeError);
    expect(() => adversaries({ ...options, ...wrong }, rules)).toThrow(message);
  });
});
