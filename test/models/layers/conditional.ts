import { type Engine, keyOf, Value } from '../../../src/engine/index.ts';
import type { Initial, Layer } from '../../../src/models/index.ts';
import { compute } from '../support.ts';

/** What a conditional layer makes of x under a condition. */
export function conditioned(
  layer: Layer,
  x: Value,
  condition: Value,
  {
    initial = layer.init(keyOf(1), x.shape.slice(1)),
    training = true,
    engine,
  }: {
    readonly initial?: Pick<Initial, 'weights' | 'buffers'>;
    readonly training?: boolean;
    readonly engine?: Engine;
  } = {},
) {
  const { weights, buffers } = initial;
  return compute(
    { weights, buffers, x, condition },
    (given) => {
      const applied = layer.apply(given as never, given.x, training, given.condition);
      return { y: applied.y, taps: { ...applied.taps } };
    },
    engine,
  );
}

/** Rows that name a class each. */
export const classes = (of: number, ...labels: readonly number[]) =>
  Value.of(
    labels.flatMap((label) => Array.from({ length: of }, (_, i) => (i === label ? 1 : 0))),
    [labels.length, of],
  );
