import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import {
  adam,
  dense,
  type Layer,
  mlpCritic,
  mlpGenerator,
  sgd,
  type Trainer,
  train,
  type WganGpOptions,
  wganGp,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { engineNames, engines, expectClose, moments, noise } from '../support.ts';

/**
 * A generator that makes the same point whatever the noise: what a critic does about it can be
 * calculated.
 */
function always(point: number): Layer {
  return {
    init: () => ({ weights: { shift: Value.of([0]) }, buffers: {}, shape: [1] }),
    apply: ({ weights, buffers }, x) => ({
      y: tf.add(tf.add(tf.mul(x, 0), point), weights.shift as tf.Tensor),
      buffers,
    }),
  };
}

const slopeOf = (saved: Tree<Value>) =>
  ((saved.critic as Tree<Value>).weights as { kernel: Value }).kernel.data[0]!;

/**
 * Trains a linear critic between two point masses at distance `distance`, from a slope, to the end.
 */
function linearCritic(
  engine: keyof typeof engines,
  options: { distance: number; from: number } & Pick<WganGpOptions, 'penalty' | 'sided'>,
) {
  const { distance, from, ...rest } = options;
  const critic = dense(1, { kernel: (_, shape) => Value.filled(shape, from) });
  const optimizers = { critic: sgd({ rate: 0.04 }), generator: sgd({ rate: 0 }) };
  const system = wganGp({ critic, generator: always(0), latent: 1, optimizers, ...rest });
  const trainer = train(system, engines[engine]);
  const batch = { examples: Value.filled([4, 1], distance) };
  let event: StepEvent | undefined;
  for (let index = 0; index < 12; index++)
    event = trainer.step({ index, player: 'critic', batch }) as StepEvent;
  const slope = slopeOf(trainer.save().tensors);
  trainer.close();
  return { slope, ...event!.values };
}

const nets = {
  critic: mlpCritic({ width: 16, depth: 2 }),
  generator: mlpGenerator({ width: 16, depth: 2, outputs: 2 }),
  latent: 3,
};

function stepped(trainer: Trainer<'critic' | 'generator'>, player: 'critic' | 'generator'): StepEvent {
  const batch = { examples: noise(`batch ${trainer.index}`, [8, 2]) };
  return trainer.step({ index: trainer.index, player, batch }) as StepEvent;
}

describe('wganGp', () => {
  it.each(engineNames)('has the slope 1 + d / (2 lambda) between two points at distance d (%s)', (engine) => {
    const { slope, wasserstein, penalty, gradientNorm, loss } = linearCritic(engine, {
      distance: 2,
      penalty: 10,
      from: 0.3,
    }) as Record<string, number>;
    expect(slope).toBeCloseTo(1.1, 5);
    expect(wasserstein).toBeCloseTo(2.2, 5);
    expect(gradientNorm).toBeCloseTo(1.1, 5);
    expect(penalty).toBeCloseTo(0.01, 5);
    expect(loss).toBeCloseTo(-2.1, 5);
  });

  it.each(engineNames)(
    'two-sided, drives the slope to 1 where nothing is to be told apart (%s)',
    (engine) => {
      expect(linearCritic(engine, { distance: 0, penalty: 10, from: 0.5 }).slope).toBeCloseTo(1, 5);
      expect(linearCritic(engine, { distance: 0, penalty: 10, from: 3 }).slope).toBeCloseTo(1, 5);
    },
  );

  it.each(engineNames)('one-sided, leaves a slope below 1 as it is there (%s)', (engine) => {
    const equal = { distance: 0, penalty: 10, sided: 'one' } as const;
    expect(linearCritic(engine, { ...equal, from: 0 }).slope).toBe(0);
    expect(linearCritic(engine, { ...equal, from: 0.5 }).slope).toBe(0.5);
    expect(linearCritic(engine, { ...equal, from: 3 }).slope).toBeCloseTo(1, 5);
  });

  it('takes the slopes between real and fake, at a place of its own for every example', () => {
    const square: Layer = {
      init: () => ({ weights: { scale: Value.of([1]) }, buffers: {}, shape: [1] }),
      apply: ({ weights, buffers }, x) => ({ y: tf.mul(tf.square(x), weights.scale as tf.Tensor), buffers }),
    };
    const optimizers = { critic: sgd({ rate: 0 }), generator: sgd({ rate: 0 }) };
    const system = wganGp({ critic: square, generator: always(0), latent: 1, optimizers });
    const trainer = train(system, engines.cpu, { seed: 5 });
    const step = { index: 0, player: 'critic', batch: { examples: Value.filled([50, 1], 3) } } as const;
    const { mix } = system.inputs(step, keyOf(5, 'wgan-gp', 0)) as { mix: Value };
    expect(mix.shape).toEqual([50, 1]);
    expect(new Set(mix.data).size).toBe(50);
    const { values } = trainer.step(step) as StepEvent;
    // The slope of x^2 at 3 mix.
    expect(values.gradientNorm).toBeCloseTo(6 * moments(mix.data).mean, 4);
    expect(values.wasserstein).toBeCloseTo(9, 5);
    trainer.close();
  });

  it('takes the loss together from the estimate and the weighted penalty', () => {
    const optimizers = { critic: sgd({ rate: 0.1 }), generator: sgd({ rate: 0.1 }) };
    const trainer = train(wganGp({ ...nets, optimizers, penalty: 3 }), engines.cpu, { seed: 5 });
    const { values } = stepped(trainer, 'critic');
    expect(Object.keys(values)).toEqual([
      'loss',
      'wasserstein',
      'realScore',
      'fakeScore',
      'diversity',
      'penalty',
      'gradientNorm',
    ]);
    expect(values.loss).toBeCloseTo(3 * values.penalty! - values.wasserstein!, 5);
    expect(Object.keys(stepped(trainer, 'generator').values)).toEqual(['loss', 'fakeScore']);
    trainer.close();
  });

  it('does the same on every engine', () => {
    const optimizers = { critic: sgd({ rate: 0.05, momentum: 0.5 }), generator: sgd({ rate: 0.05 }) };
    const system = wganGp({ ...nets, optimizers, average: 0.9 });
    const [cpu, wasm] = engineNames.map((name) => {
      const trainer = train(system, engines[name], { seed: 5 });
      const events = (['critic', 'critic', 'generator'] as const).map((player) => stepped(trainer, player));
      const result = { events, tensors: trainer.save().tensors };
      trainer.close();
      return result;
    });
    cpu!.events.forEach(({ values }, i) => {
      for (const [name, value] of Object.entries(values))
        expect(wasm!.events[i]!.values[name]).toBeCloseTo(value, 4);
    });
    const compare = (left: Tree<Value>, right: Tree<Value>) => {
      for (const [name, node] of Object.entries(left)) {
        if (node instanceof Value) expectClose(right[name] as Value, node, 1e-4);
        else compare(node, right[name] as Tree<Value>);
      }
    };
    compare(cpu!.tensors, wasm!.tensors);
  });

  it('learns where a Gaussian is', async () => {
    const adams = (rate: number) => adam({ rate, beta1: 0, beta2: 0.9 });
    const system = wganGp({
      critic: mlpCritic({ width: 16, depth: 2 }),
      generator: mlpGenerator({ width: 16, depth: 2, outputs: 2 }),
      latent: 2,
      penalty: 1,
      optimizers: { critic: adams(1e-2), generator: adams(1e-2) },
      average: 0.95,
    });
    const trainer = train(system, engines.wasm, { seed: 3 });
    for (let index = 0; index < 400; index++) {
      const { data } = noise(`gaussian ${index}`, [32, 2], 0.5);
      const examples = Value.of(
        Array.from(data, (x, i) => x + (i % 2 === 0 ? 2 : -1)),
        [32, 2],
      );
      trainer.step({ index, player: index % 3 < 2 ? 'critic' : 'generator', batch: { examples } });
    }
    const { data } = await trainer.sample(1000);
    trainer.close();
    const { mean: across } = moments(data.filter((_, i) => i % 2 === 0));
    const { mean: up } = moments(data.filter((_, i) => i % 2 === 1));
    expect(Math.abs(across - 2)).toBeLessThan(0.25);
    expect(Math.abs(up + 1)).toBeLessThan(0.25);
  });

  it.each([
    [{ penalty: -1 }, 'wgan-gp: penalty: expected a finite number from 0, got -1'],
    [{ penalty: Number.NaN }, 'wgan-gp: penalty: expected a finite number from 0, got NaN'],
    [{ sided: 'both' as 'two' }, 'wgan-gp: sided: expected one of two, one, got "both"'],
    [{ latent: 0 }, 'wgan-gp: latent: expected a whole number from 1, got 0'],
  ])('refuses %j', (wrong, message) => {
    const optimizers = { critic: sgd({ rate: 1 }), generator: sgd({ rate: 1 }) };
    expect(() => wganGp({ ...nets, optimizers, ...wrong })).toThrow(new RangeError(message));
  });
});
