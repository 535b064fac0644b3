import { describe, expect, it } from 'vitest';
import { flattenTree, type Tree, Value } from '../../../src/engine/index.ts';
import { dense, mlpCritic, mlpGenerator, rmsprop, sgd, train, wgan } from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { engineNames, engines, expectClose, noise } from '../support.ts';

const nets = {
  critic: mlpCritic({ width: 16, depth: 2 }),
  generator: mlpGenerator({ width: 16, depth: 2, outputs: 2 }),
  latent: 3,
};
const optimizers = { critic: rmsprop({ rate: 5e-3 }), generator: rmsprop({ rate: 5e-3 }) };

/** The values of the last of some steps, and the weights after it. */
function trained(trainer: ReturnType<typeof train>, players: readonly string[]) {
  let event: StepEvent | undefined;
  for (const player of players) {
    const batch = { examples: noise(`batch ${trainer.index}`, [8, 2]) };
    event = trainer.step({ index: trainer.index, player, batch }) as StepEvent;
  }
  const { tensors } = trainer.save();
  const weightsOf = (player: string) => flattenTree((tensors[player] as Tree<Value>).weights as Tree<Value>);
  return { values: event!.values, critic: weightsOf('critic'), generator: weightsOf('generator') };
}

describe.each(engineNames)('wgan on %s', (name) => {
  it('cuts all weights and biases of the critic after its step, and tells the share at the bound', () => {
    const trainer = train(wgan({ ...nets, optimizers }), engines[name]);
    const { values, critic, generator } = trained(trainer, ['critic', 'critic', 'critic']);
    const [bound, all] = [Math.fround(0.01), [...critic.values()].flatMap(({ data }) => [...data])];
    expect(Math.max(...all.map(Math.abs))).toBe(bound);
    expect(values.clippedShare).toBeCloseTo(all.filter((w) => Math.abs(w) === bound).length / all.length, 6);
    expect(values.clippedShare).toBeGreaterThan(0.1);
    const beyond = [...generator.values()].some(({ data }) => data.some((w) => Math.abs(w) > 0.1));
    expect(beyond).toBe(true);
    trainer.close();
  });

  it('says minus the estimate for the loss of the critic, and just a loss for the generator', () => {
    const trainer = train(wgan({ ...nets, optimizers }), engines[name]);
    const { values } = trained(trainer, ['critic']);
    expect(Object.keys(values)).toEqual([
      'loss',
      'wasserstein',
      'realScore',
      'fakeScore',
      'diversity',
      'clippedShare',
    ]);
    expect(values.loss).toBe(-values.wasserstein!);
    expect(Object.keys(trained(trainer, ['generator']).values)).toEqual(['loss', 'fakeScore']);
    trainer.close();
  });

  it('drives a linear critic to the bound, against which it tells the difference of the means', () => {
    const linear = {
      critic: dense(1),
      generator: dense(2, { kernel: (_, shape) => Value.filled(shape, 0) }),
    };
    const system = wgan({
      ...linear,
      latent: 1,
      clip: 0.5,
      optimizers: { critic: sgd({ rate: 0.1 }), generator: sgd({ rate: 0 }) },
    });
    const trainer = train(system, engines[name]);
    const batch = { examples: Value.of([3, -1, 1, -3], [2, 2]) };
    let values: StepEvent['values'] = {};
    for (let index = 0; index < 20; index++)
      ({ values } = trainer.step({ index, player: 'critic', batch }) as StepEvent);
    const { weights } = trainer.save().tensors.critic as { weights: { kernel: Value } };
    expectClose(weights.kernel, [0.5, -0.5]);
    expect(values.wasserstein).toBeCloseTo(0.5 * 2 + 0.5 * 2, 5);
    trainer.close();
  });
});

describe('wgan', () => {
  it('does the same on every engine', () => {
    const slow = { critic: sgd({ rate: 0.02 }), generator: sgd({ rate: 0.02 }) };
    const [cpu, wasm] = engineNames.map((name) => {
      const trainer = train(wgan({ ...nets, clip: 0.2, optimizers: slow }), engines[name], { seed: 5 });
      const result = trained(trainer, ['critic', 'critic', 'generator']);
      trainer.close();
      return result;
    });
    for (const player of ['critic', 'generator'] as const)
      for (const [path, value] of cpu![player]) expectClose(wasm![player].get(path)!, value, 1e-5);
    expect(wasm!.values.loss).toBeCloseTo(cpu!.values.loss!, 5);
  });

  it.each([0, -0.01, Number.NaN, Infinity])('refuses the bound %s', (clip) => {
    const message = `wgan: clip: expected a finite number above 0, got ${clip}`;
    expect(() => wgan({ ...nets, optimizers, clip })).toThrow(new RangeError(message));
  });
});
