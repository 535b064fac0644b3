import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  attentionGamma,
  dense,
  drift,
  network,
  sequential,
  spectralNorm,
  spectralNorms,
  tapped,
} from '../../../src/models/index.ts';
import { requireSingle } from '../../../src/models/terms/require-single.ts';
import { scores } from '../losses/judged.ts';
import { compute } from '../support.ts';

describe('critic gauges', () => {
  it('spectralNorms reads the largest singular value of the critic', () => {
    const fixed = (of: number) => spectralNorm(dense(1, { kernel: () => Value.of([of], [1, 1]) }));
    const critic = sequential([fixed(3), fixed(-7)]);
    const { weights, buffers } = critic.init(keyOf(1), [1]);
    const run = compute({ weights, buffers, x: Value.of([1], [1, 1]) }, ({ weights, buffers, x }) => {
      const net = network(critic, { weights, buffers } as never, true);
      net(x);
      const { spectralNorm } = spectralNorms().read({ critic: net } as never);
      return { spectralNorm: spectralNorm! };
    });
    expect(run.spectralNorm.data[0]).toBeCloseTo(7, 5);
  });

  it('refuses a critic without the layer that it reads', () => {
    const critic = dense(1).init(keyOf(1), [1]);
    const setting = { networks: { critic }, condition: 0, packing: 1 };
    expect(() => spectralNorms().check!(setting)).toThrow(
      'spectralNorms: expected a critic with spectralNorm, got one without',
    );
    expect(() => attentionGamma().check!(setting)).toThrow(
      'attentionGamma: expected a network that shows it',
    );
  });
});

describe('drift', () => {
  it('adds the weighted mean square of the real scores', () => {
    const { loss } = compute({ y: scores(3, -1) }, ({ y }) => ({
      loss: drift(0.1).add({ onReal: { y: y as tf.Tensor, taps: {} } } as never).loss,
    }));
    expect(loss).toEqual(Value.scalar(0.5));
  });

  it('refuses a weight below 0', () => {
    expect(() => drift(-1)).toThrow(new RangeError('drift: weight: expected a finite number from 0, got -1'));
  });
});

it('refuses packs where each example is told of', () => {
  expect(() => requireSingle('classification', 2)).toThrow(
    new RangeError(
      'classification: packing: expected 1, since a head predicts something of each example, got 2',
    ),
  );
  expect(() => requireSingle('classification', 1)).not.toThrow();
});

describe('tapped', () => {
  it('costs the weighted mean of what the generator shows, and tells the mean', () => {
    const run = compute({ kl: Value.of([1, 3], [2, 1]) }, ({ kl }) => {
      const { loss, values } = tapped('kl', 0.5).add({ made: { taps: { kl: kl } } } as never);
      return { loss, mean: values!.kl! };
    });
    expect(run).toEqual({ loss: Value.scalar(1), mean: Value.scalar(2) });
  });

  it('refuses what is not shown, and a weight below 0', () => {
    expect(() => tapped('kl', 1).add({ made: { taps: {} } } as never)).toThrow(
      'kl: expected a network that shows it',
    );
    expect(() => tapped('kl', -1)).toThrow('tapped: weight: expected a finite number from 0, got -1');
  });
});
