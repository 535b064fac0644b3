import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  adam,
  dense,
  mlpCritic,
  mlpGenerator,
  relu,
  reshape,
  type SemiSupervisedOptions,
  semiSupervised,
  sequential,
  sgd,
  tap,
  train,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, moments, noise } from '../support.ts';
import { pointsAt, systemLaws } from './system-laws.ts';

/** Two classes, left and right. */
const labelled = {
  examples: Value.of([-2, 0, -2, 1, 2, 0, 2, 1], [4, 2]),
  labels: new Value('int32', [4], Int32Array.of(0, 0, 1, 1)),
};

const options = (rate = 0.05): SemiSupervisedOptions => ({
  critic: mlpCritic({ width: 8, depth: 1, head: dense(2) }),
  generator: mlpGenerator({ width: 8, depth: 1, outputs: 2 }),
  latent: 2,
  labelled,
  labelledSize: 3,
  optimizers: { critic: sgd({ rate }), generator: sgd({ rate }) },
});

/** A generator that makes zeros of zeros, and examples that are zeros. */
const zeros = { examples: Value.filled([32, 16], 0) };
const still = (): SemiSupervisedOptions => ({
  critic: sequential([tap('features', reshape([16])), dense(16), relu(), dense(2)]),
  generator: dense(16),
  latent: { size: 16, draw: (count) => Value.filled([count, 16], 0) },
  labelled: { examples: zeros.examples, labels: Value.of(Array(32).fill(0), [32]) },
  optimizers: { critic: adam({ rate: 1e-2 }), generator: sgd({ rate: 0 }) },
});

describe('semiSupervised', () => {
  systemLaws(() => semiSupervised({ ...options(), blur: 0.1, average: 0.9 }));

  it('shows the critic some of the labelled examples, others in each step', () => {
    const system = semiSupervised(options());
    const seen = Array.from({ length: 8 }, (_, index) => {
      const step = { index, player: 'critic', batch: pointsAt(index) } as const;
      const inputs = system.inputs(step, { high: 1, low: index }) as Record<string, Value>;
      expect(inputs.labelled!.shape).toEqual([3, 2]);
      for (let row = 0; row < 3; row++)
        expect(inputs.classes!.data[2 * row]).toBe(inputs.labelled!.data[2 * row]! < 0 ? 1 : 0);
      return inputs.labelled!.data.join();
    });
    expect(new Set(seen).size).toBeGreaterThan(2);
  });

  it('blurs real and fake alike, so that noise tells a critic nothing where data and samples are the same', () => {
    const system = semiSupervised({ ...still(), blur: 0.3 });
    const trainer = train(system, both.onnx, { seed: 2 });
    let last: StepEvent['values'] = {};
    for (let index = 0; index < 300; index++)
      last = (trainer.step({ index, player: 'critic', batch: zeros }) as StepEvent).values;
    trainer.close();
    expect(Math.abs(last.realProbability! - last.fakeProbability!)).toBeLessThan(0.15);
  });

  it('draws noise for each role and turn by itself, and matches the features of noisy examples', () => {
    const system = semiSupervised({ ...still(), blur: 0.3 });
    const inputs = (player: 'critic' | 'generator', index: number) =>
      system.inputs({ index, player, batch: zeros }, { high: 1, low: index }) as Record<string, Value>;
    const [judged, next, made] = [inputs('critic', 0), inputs('critic', 1), inputs('generator', 2)];
    const blurs = ['blur of labelled', 'blur of real', 'blur of fake'].map((name) => judged[name]!);
    expect(new Set([...blurs, next['blur of real']!].map(({ data }) => data[0])).size).toBe(4);
    for (const { data } of blurs) expect(Math.sqrt(moments(data).variance)).toBeCloseTo(0.3, 1);
    // The features of this critic are its input: their distance is that of two means of noise.
    const [real, fake] = [made['blur of real']!, made['blur of fake']!].map((blur) =>
      Array.from({ length: 16 }, (_, i) => moments(blur.data.filter((_, at) => at % 16 === i)).mean),
    ) as [number[], number[]];
    const distance = moments(real.map((mean, i) => (mean - fake[i]!) ** 2)).mean;
    const session = both.cpu.open(system.init(keyOf(1)));
    const { featureDistance } = session.run(system.programs.generator, made) as Record<string, Value>;
    session.close();
    expect(featureDistance!.data[0]).toBeCloseTo(distance, 6);
    expect(distance).toBeGreaterThan(1e-3);
  });

  it('learns from the labels alone where the others weigh nothing', () => {
    const trainer = train(semiSupervised({ ...options(), unlabelledWeight: 0 }), both.onnx);
    const step = { index: 0, player: 'critic', batch: pointsAt(0) } as const;
    const { values } = trainer.step(step) as StepEvent;
    expect(values.loss).toBe(values.classLoss);
    trainer.close();
  });

  it('learns the classes, and classifies by its own program', () => {
    const adams = { critic: adam({ rate: 1e-2 }), generator: adam({ rate: 1e-2 }) };
    const system = semiSupervised({ ...options(), optimizers: adams });
    const trainer = train(system, both.onnx, { seed: 1 });
    let accuracy = 0;
    for (let index = 0; index < 100; index++) {
      const player = index % 2 === 0 ? 'critic' : 'generator';
      const { values } = trainer.step({
        index,
        player,
        batch: { examples: noise(`unlabelled ${index}`, [8, 2]) },
      }) as StepEvent;
      accuracy = values.classAccuracy ?? accuracy;
    }
    expect(accuracy).toBe(1);
    const session = both.onnx.open(trainer.tensors());
    const { logits } = session.run(system.classifier, { examples: Value.of([-3, 0, 3, 0], [2, 2]) }) as {
      logits: Value;
    };
    const [a = 0, b = 0, c = 0, d = 0] = logits.data;
    expect([a > b, d > c]).toEqual([true, true]);
    session.close();
    trainer.close();
  });

  it.each([
    [{ critic: mlpCritic() }, 'semi-supervised: critic: expected logits of at least two classes, got [1]'],
    [
      { critic: dense(2) },
      'semi-supervised: critic: expected one that shows its features, got one that shows none',
    ],
    [{ labelledSize: 5 }, 'semi-supervised: labelledSize: expected a whole number from 1 to 4, got 5'],
    [{ unlabelledWeight: -1 }, 'semi-supervised: unlabelledWeight: expected a finite number from 0, got -1'],
    [{ blur: -1 }, 'semi-supervised: blur: expected a finite number from 0, got -1'],
  ])('refuses what does not fit (%#)', (wrong, message) => {
    expect(() => semiSupervised({ ...options(), ...wrong })).toThrow(new RangeError(message));
  });
});
