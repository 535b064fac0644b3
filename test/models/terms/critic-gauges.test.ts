import { expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  attentionGamma,
  dense,
  network,
  sequential,
  spectralNorm,
  spectralNorms,
} from '../../../src/models/index.ts';
import { compute } from '../support.ts';

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
  expect(() => attentionGamma().check!(setting)).toThrow('attentionGamma: expected a network that shows it');
});
