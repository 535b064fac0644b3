import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import {
  criticOnly,
  dense,
  featureMatching,
  type GeneratorTerm,
  gan,
  nonSaturating,
  relu,
  sequential,
  sgd,
  tap,
  train,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames } from '../support.ts';

const fixed = (numbers: readonly number[]) => ({
  kernel: (_: unknown, shape: readonly number[]) => Value.of(numbers, shape),
});

/** Features 2x and -x of a point on the line, and a generator that puts its one bias out. */
const systemOf = (term: GeneratorTerm) =>
  gan({
    critic: sequential([tap('features', dense(2, fixed([2, -1]))), relu(), dense(1)]),
    generator: dense(1, fixed([0])),
    latent: 1,
    loss: criticOnly(nonSaturating()),
    terms: [term],
    optimizers: { critic: sgd({ rate: 0.1 }), generator: sgd({ rate: 0.01 }) },
  });
const system = systemOf(featureMatching(3));

describe.each(bothNames)('feature matching on %s', (name) => {
  it('is the mean squared distance of the mean features, and moves the generator alone', () => {
    const trainer = train(system, both[name]);
    const before = trainer.save().tensors;
    const batch = { examples: Value.of([1, 3], [2, 1]) };
    const { values } = trainer.step({ index: 0, player: 'generator', batch }) as StepEvent;
    // Mean features (4, -2) of the real, (0, 0) of the fake: (16 + 4) / 2.
    expect(values.featureDistance).toBeCloseTo(10, 5);
    expect(values.loss).toBeCloseTo(30, 5);
    const after = trainer.save().tensors;
    expect(after.critic).toEqual(before.critic);
    const bias = flattenTree((after.generator as Tree<Value>).weights as Tree<Value>).get('bias')!;
    // d/db 3 ((4 - 2b)^2 + (2 - b)^2) / 2 = -30 at 0.
    expect(bias.data[0]).toBeCloseTo(0.3, 5);
    trainer.close();
  });

  it('is the mean absolute distance in L1', () => {
    const trainer = train(systemOf(featureMatching(3, { metric: 'l1' })), both[name]);
    const batch = { examples: Value.of([1, 3], [2, 1]) };
    const { values } = trainer.step({ index: 0, player: 'generator', batch }) as StepEvent;
    expect(values.featureDistance).toBeCloseTo(3, 5);
    expect(values.loss).toBeCloseTo(9, 5);
    const { generator } = trainer.save().tensors as { generator: Tree<Value> };
    // d/db 3 (|4 - 2b| + |b - 2|) / 2 = -4.5 at 0.
    expect(flattenTree(generator.weights as Tree<Value>).get('bias')!.data[0]).toBeCloseTo(0.045, 5);
    trainer.close();
  });
});

describe('featureMatching', () => {
  it('asks for real examples in the steps of the generator', () => {
    const batch = { examples: Value.of([1, 3], [2, 1]) };
    const inputs = system.inputs({ index: 0, player: 'generator', batch }, keyOf(1));
    expect(Object.keys(inputs).sort()).toEqual(['noise', 'rate', 'real']);
  });

  it('refuses a weight below 0 and another metric', () => {
    expect(() => featureMatching(-1)).toThrow(
      'featureMatching: weight: expected a finite number from 0, got -1',
    );
    expect(() => featureMatching(1, { metric: 'l3' as 'l1' })).toThrow(
      'featureMatching: metric: expected one of l1, l2, got "l3"',
    );
  });
});
