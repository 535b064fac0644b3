import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import {
  type AdversarialLoss,
  type Adversary,
  batchNorm,
  byLabel,
  type CriticScores,
  type CriticTerm,
  dense,
  type GanOptions,
  type GeneratorTerm,
  gan,
  type Layer,
  mlpCritic,
  mlpGenerator,
  relu,
  type Saved,
  sequential,
  sgd,
  tap,
  train,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { applied, engineNames, engines, expectClose, moments, noise } from '../support.ts';

/** A critic and a generator that both want high scores. */
const loss: AdversarialLoss = {
  name: 'praise',
  critic: (real, fake) => tf.neg(tf.add(tf.mean(real), tf.mean(fake))),
  generator: (fake) => tf.neg(tf.mean(fake)),
  encoder: (real) => tf.mean(real),
  gauges: ({ fake }) => ({ fakeScore: tf.mean(fake) }),
};

const options: GanOptions = {
  name: 'quarrel',
  loss,
  critic: mlpCritic({ width: 4, depth: 1 }),
  generator: sequential([dense(4), batchNorm(), relu(), dense(2)]),
  latent: 3,
  optimizers: { critic: sgd({ rate: 0.5 }), generator: sgd({ rate: (index) => 1 / (1 + index) }) },
};

const batch = { examples: noise('batch', [5, 2]) };
const step = (player: Adversary, index = 0, rate?: number) => ({
  player,
  index,
  batch,
  ...(rate === undefined ? {} : { rate }),
});

const branch = (tree: Tree<Value>, ...names: readonly string[]) =>
  names.reduce((node, name) => node[name] as Tree<Value>, tree);

/** The weights of the generator and their average before and after a step of the generator. */
function averaged(average: number, engine = engines.cpu) {
  const trainer = train(gan({ ...options, average }), engine);
  const weightsOf = ({ tensors }: Saved) => flattenTree(branch(tensors, 'generator', 'weights'));
  const averageOf = ({ tensors }: Saved) => flattenTree(branch(tensors, 'average'));
  const first = trainer.save();
  trainer.step(step('critic', 0));
  const unmoved = trainer.save();
  trainer.step(step('generator', 1));
  const second = trainer.save();
  return { trainer, first, unmoved, second, weightsOf, averageOf };
}

describe('a gan', () => {
  it('has a branch of state for each player, its optimiser, and the average where there is one', () => {
    const paths = (chosen: GanOptions) => [
      ...new Set(
        [...flattenTree(gan(chosen).init(keyOf(1))).keys()].map((path) => path.split('/', 2).join('/')),
      ),
    ];
    const players = ['critic/weights', 'generator/weights', 'generator/buffers'];
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
    const system = gan({ ...options, average: 0.9 });
    const state = system.init(keyOf(1));
    expect(system.init(keyOf(1))).toEqual(state);
    expect(system.init(keyOf(2))).not.toEqual(state);
    expect(state.average).toEqual(branch(state, 'generator').weights);
    const leaves = [...flattenTree(state).values()].map(({ data }) => data.buffer);
    expect(new Set(leaves).size).toBe(leaves.length);
  });

  it('gives the critic its batch, noise for as many examples, its rate, and what its penalties ask for', () => {
    const more: CriticTerm = {
      name: 'more',
      inputs: ({ examples }) => ({ more: Value.scalar(examples.shape[0]!) }),
      add: () => ({ loss: tf.scalar(0) }),
    };
    const system = gan({ ...options, penalties: [more] });
    const inputs = system.inputs(step('critic'), keyOf(1)) as Record<string, Value>;
    expect(Object.keys(inputs).sort()).toEqual(['more', 'noise', 'rate', 'real']);
    expect(inputs.real).toBe(batch.examples);
    expect(inputs.noise!.shape).toEqual([5, 3]);
    expect(inputs.more).toEqual(Value.scalar(5));
  });

  it('gives the generator noise and its rate alone', () => {
    const inputs = gan(options).inputs(step('generator'), keyOf(1));
    expect(Object.keys(inputs).sort()).toEqual(['noise', 'rate']);
  });

  it('draws its noise by the key of the step', () => {
    const { inputs } = gan(options);
    expect(inputs(step('critic'), keyOf(1)).noise).toEqual(inputs(step('generator'), keyOf(1)).noise);
    expect(inputs(step('critic'), keyOf(1)).noise).not.toEqual(inputs(step('critic'), keyOf(2)).noise);
  });

  it("takes the rate of the step, else the optimiser's for its index", () => {
    const { inputs } = gan(options);
    const rateOf = (...of: Parameters<typeof step>) => (inputs(step(...of), keyOf(1)).rate as Value).data[0];
    expect(rateOf('critic', 3)).toBe(0.5);
    expect(rateOf('generator', 3)).toBe(0.25);
    expect(rateOf('generator', 3, 0.125)).toBe(0.125);
    expect(rateOf('generator', 3, 0)).toBe(0);
  });

  it.each([-1, Number.NaN, Infinity])('refuses a rate of %s, whoever says it', (rate) => {
    const message = (player: Adversary) =>
      new RangeError(`quarrel: rate of the ${player}: expected a finite number from 0, got ${rate}`);
    const { inputs } = gan(options);
    expect(() => inputs(step('critic', 0, rate), keyOf(1))).toThrow(message('critic'));
    const optimizers = { ...options.optimizers, generator: sgd({ rate: () => rate }) };
    const system = gan({ ...options, optimizers });
    expect(() => system.inputs(step('generator'), keyOf(1))).toThrow(message('generator'));
  });

  it('moves the generator to higher scores, and nothing else', () => {
    const trainer = train(gan(options), engines.cpu);
    const before = trainer.save().tensors;
    const scoreOf = ({ generator, critic }: Tree<Value>) => {
      const z = noise('z', [64, 3]);
      const { y } = applied(options.generator, z, { initial: generator as never, training: true });
      return moments(applied(options.critic, y, { initial: critic as never }).y.data).mean;
    };
    trainer.step(step('generator', 0, 0.05));
    const after = trainer.save().tensors;
    expect(scoreOf(after)).toBeGreaterThan(scoreOf(before) + 1e-3);
    expect(after.critic).toEqual(before.critic);
    expect(branch(after, 'generator').buffers).not.toEqual(branch(before, 'generator').buffers);
    trainer.close();
  });

  it.each(engineNames)('averages the weights of the generator in its steps (%s)', (name) => {
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
    const { buffers, weights } = branch(second.tensors, 'generator') as {
      buffers: Tree<Value>;
      weights: Tree<Value>;
    };
    const [plain, average] = [gan(options), gan({ ...options, average: 0.75 })];
    const { noise: z } = plain.samplerInputs(6, keyOf(4)) as { noise: Value };
    const from = (chosen: Tree<Value>) =>
      applied(options.generator, z, { initial: { weights: chosen, buffers }, training: false }).y;
    const draw = async ({ sampler }: typeof plain, state: Tree<Value>) => {
      const session = engines.cpu.open(state);
      const { samples } = await session.run(sampler, { noise: z });
      session.close();
      return samples;
    };
    expect(await draw(average, second.tensors)).toEqual(from(branch(second.tensors, 'average')));
    expect(await draw(plain, second.tensors)).toEqual(from(weights));
    trainer.close();
  });

  it('refuses a batch of another shape, naming both', () => {
    const { inputs } = gan(options);
    for (const shape of [[5, 3], [5], [5, 2, 1]]) {
      const wrong = { ...step('critic'), batch: { examples: noise('x', shape) } };
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
    expect(() => gan({ ...options, ...wrong })).toThrow(RangeError);
    expect(() => gan({ ...options, ...wrong })).toThrow(message);
  });

  it.each([
    [undefined, 'undefined'],
    ['hinge', '"hinge"'],
  ])('refuses what is no loss, from scripts without a compiler: %s', (given, shown) => {
    expect(() => gan({ ...options, loss: given as never })).toThrow(
      new TypeError(`quarrel: loss: expected an adversarial loss such as hinge(), got ${shown}`),
    );
  });
});

describe('packing', () => {
  it('lets the critic judge examples side by side, the first of each half and so on', () => {
    const seen: Layer = {
      init: (_, shape) => ({
        weights: { w: Value.scalar(1) },
        buffers: {},
        shape: shape.join() === '4' ? [1] : shape,
      }),
      apply: ({ weights, buffers }, x) => ({
        // The first number of the first in the pack, and a tenth of the last number of the second.
        y: tf.mul(
          weights.w as tf.Tensor,
          tf.add(tf.slice(x, [0, 0], [-1, 1]), tf.mul(0.1, tf.slice(x, [0, 3], [-1, 1]))),
        ),
        buffers,
      }),
    };
    const still = { critic: sgd({ rate: 0 }), generator: sgd({ rate: 0 }) };
    const gauges = ({ real, fake }: CriticScores) =>
      real ? { first: tf.max(real), count: tf.scalar(real.size) } : { fake };
    const system = gan({
      ...options,
      critic: seen,
      packing: 2,
      optimizers: still,
      loss: { ...loss, gauges },
    });
    const trainer = train(system, engines.cpu);
    const examples = Value.of([1, 0, 2, 0, 0, 7, 0, 8], [4, 2]);
    const { values } = trainer.step({ index: 0, player: 'critic', batch: { examples } }) as StepEvent;
    // Packs (1, 0 | 0, 7) and (2, 0 | 0, 8).
    expect(values.first).toBeCloseTo(2.8, 5);
    expect(values.count).toBe(2);
    trainer.close();
  });

  it('refuses batches that do not come out even, and critics of single examples', () => {
    const system = gan({ ...options, packing: 2 });
    expect(() => system.inputs(step('critic'), keyOf(1))).toThrow(
      new RangeError('quarrel: expected batches of a multiple of 2 examples, got 5'),
    );
    expect(() => gan({ ...options, packing: 0 })).toThrow(
      'quarrel: packing: expected a whole number from 1, got 0',
    );
  });
});

describe('conditioning', () => {
  it('is heard by both networks, in training and in samples', async () => {
    const add: Layer = {
      init: (_, shape) => ({ weights: {}, buffers: {}, shape }),
      apply: ({ buffers }, x, _, condition) => ({
        y: tf.add(x, tf.slice(condition!, [0, 0], [-1, 2])),
        buffers,
      }),
    };
    const zero = dense(2, { kernel: (_, shape) => Value.filled(shape, 0) });
    const system = gan({
      ...options,
      critic: sequential([add, dense(1, { kernel: (_, shape) => Value.of([1, 10], shape) })]),
      generator: sequential([zero, add]),
      conditioning: byLabel(3),
      optimizers: { critic: sgd({ rate: 0 }), generator: sgd({ rate: 0 }) },
    });
    const labels = new Value('int32', [2], Int32Array.of(1, 2));
    const trainer = train(system, engines.cpu);
    const examples = Value.filled([2, 2], 0);
    const { values } = trainer.step({ index: 0, player: 'critic', batch: { examples, labels } }) as StepEvent;
    // Fake (0, 1) and (0, 0), each with its condition once more: scores 20 and 0.
    expect(values.fakeScore).toBe(10);
    expect(await trainer.sample(3)).toEqual(Value.of([1, 0, 0, 1, 0, 0], [3, 2]));
    trainer.close();
  });
});

describe('heads', () => {
  const critic = sequential([tap('features', dense(3)), dense(1)]);
  const guess: GeneratorTerm = {
    name: 'guess',
    add: ({ heads, onFake }) => ({ loss: tf.mean(tf.square(heads.guess!(onFake.taps.features!).y)) }),
  };
  const branches = (trainedBy: 'critic' | 'both') => {
    const heads = { guess: { layer: dense(2), trainedBy } };
    const trainer = train(
      gan({ ...options, critic, heads, terms: [guess], penalties: [guess] }),
      engines.cpu,
    );
    const first = trainer.save().tensors;
    trainer.step(step('critic', 0));
    const second = trainer.save().tensors;
    trainer.step(step('generator', 1));
    const third = trainer.save().tensors;
    trainer.close();
    return [first, second, third].map(({ guess }) => guess);
  };

  it("stand on the critic's features and move with it, and with the generator where asked", () => {
    const [first, second, third] = branches('critic');
    expect(second).not.toEqual(first);
    expect(third).toEqual(second);
    const [, before, after] = branches('both');
    expect(after).not.toEqual(before);
  });

  it('refuse a critic that shows no features', () => {
    const heads = { guess: { layer: dense(2) } };
    expect(() => gan({ ...options, critic: dense(1), heads })).toThrow(
      new RangeError('quarrel: heads: expected a critic that shows its features, got one that shows none'),
    );
  });
});
