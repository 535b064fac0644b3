import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { tapped } from '../../../src/models/index.ts';
import { compute } from '../support.ts';

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
