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

it('spectralNorms tells the largest of the critic, and costs nothing', () => {
  const fixed = (of: number) => spectralNorm(dense(1, { kernel: () => Value.of([of], [1, 1]) }));
  const critic = sequential([fixed(3), fixed(-7)]);
  const { weights, buffers } = critic.init(keyOf(1), [1]);
  const run = compute({ weights, buffers, x: Value.of([1], [1, 1]) }, ({ weights, buffers, x }) => {
    const net = network(critic, { weights, buffers } as never, true);
    net(x);
    const { loss, values } = spectralNorms().add({ critic: net } as never);
    return { loss, spectralNorm: values!.spectralNorm! };
  });
  expect(run.loss.data[0]).toBe(0);
  expect(run.spectralNorm.data[0]).toBeCloseTo(7, 5);
});

it('says what is not there', () => {
  expect(() => spectralNorms().add({ critic: { buffers: () => ({}) } } as never)).toThrow(
    'spectralNorms: expected a critic with spectralNorm, got one without',
  );
  expect(() => attentionGamma().add({ onReal: { taps: {} } } as never)).toThrow(
    'attentionGamma: expected a network that shows it',
  );
});
