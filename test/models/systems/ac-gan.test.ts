import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  acGan,
  concatCondition,
  hinge,
  mlpCritic,
  mlpGenerator,
  sgd,
  train,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, noise } from '../support.ts';

const options = {
  classes: 3,
  critic: mlpCritic({ width: 8, depth: 1 }),
  generator: mlpGenerator({ width: 8, depth: 1, outputs: 2, first: [concatCondition(3)] }),
  latent: 2,
  optimizers: { critic: sgd({ rate: 0.1 }), generator: sgd({ rate: 0.1 }) },
};
const labels = new Value('int32', [6], Int32Array.of(0, 1, 2, 0, 1, 2));
const step = (index: number, player: 'critic' | 'generator') => ({
  index,
  player,
  batch: { examples: noise('x', [6, 2]), labels },
});

describe.each(bothNames)('ac-gan on %s', (name) => {
  it('teaches its critic the classes, and tells how well both players do', () => {
    const trainer = train(acGan(options), both[name]);
    const told = Array.from({ length: 40 }, (_, i) => (trainer.step(step(i, 'critic')) as StepEvent).values);
    expect(told[39]!.classLoss).toBeLessThan(told[0]!.classLoss! - 0.1);
    const { values } = trainer.step(step(40, 'generator')) as StepEvent;
    expect(Object.keys(values)).toEqual(
      expect.arrayContaining(['loss', 'fakeScore', 'classLoss', 'classAccuracy']),
    );
    trainer.close();
  });
});

describe('acGan', () => {
  it('has a classifier on the features of the critic, trained by the critic alone', () => {
    const trainer = train(acGan({ ...options, loss: hinge() }), both.cpu);
    const before = trainer.save().tensors;
    expect((before.classifier as { weights: { kernel: Value } }).weights.kernel.shape).toEqual([8, 3]);
    trainer.step(step(0, 'generator'));
    expect(trainer.save().tensors.classifier).toEqual(before.classifier);
    trainer.step(step(1, 'critic'));
    expect(trainer.save().tensors.classifier).not.toEqual(before.classifier);
    trainer.close();
  });

  it('draws samples of all classes in turn', () => {
    const { condition } = acGan(options).samplerInputs(4, keyOf(1)) as { condition: Value };
    expect(condition.shape).toEqual([4, 3]);
  });

  it('refuses fewer than two classes', () => {
    expect(() => acGan({ ...options, classes: 1 })).toThrow(
      'ac-gan: classes: expected a whole number from 2, got 1',
    );
  });
});
