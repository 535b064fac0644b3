import type { Tensor } from '@tensorflow/tfjs-core';
import { differentiate, type Engine, Value } from '../../../src/engine/index.ts';
import type { AdversarialLoss } from '../../../src/models/index.ts';
import { compute } from '../support.ts';

/** Scores as a critic puts them out. */
export const scores = (...numbers: readonly number[]) => Value.of(numbers, [numbers.length, 1]);

/**
 * The losses of both players, the gradients by the scores, and the gauges, for scores of real and
 * fake examples.
 */
export function judged(loss: AdversarialLoss, real: Value, fake: Value, engine?: Engine) {
  const { critic, generator, gauges } = compute(
    { real, fake },
    (given) => {
      const at = given as { real: Tensor; fake: Tensor };
      return {
        critic: differentiate(at, ({ real, fake }) => ({ loss: loss.critic(real, fake), extra: {} })),
        generator: differentiate({ fake: at.fake }, ({ fake }) => ({
          loss: loss.generator(fake),
          extra: {},
        })),
        gauges: { ...loss.gauges(at) },
      };
    },
    engine,
  );
  const scalars = Object.entries(gauges as unknown as Record<string, Value>);
  return {
    critic: critic.loss.data[0]!,
    generator: generator.loss.data[0]!,
    byReal: Array.from(critic.gradients.real.data),
    byFake: Array.from(critic.gradients.fake.data),
    generatorByFake: Array.from(generator.gradients.fake.data),
    gauges: Object.fromEntries(scalars.map(([name, value]) => [name, value.data[0]!])),
  };
}

/** Central differences of a function of some numbers. */
export function slopes(of: (at: readonly number[]) => number, at: readonly number[], step = 1e-2): number[] {
  return at.map((_, i) => {
    const moved = (by: number) => of(at.map((x, j) => (j === i ? x + by : x)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

/** All gradients of a loss, and what central differences say they are. */
export function gradientsBeside(
  loss: AdversarialLoss,
  real: readonly number[],
  fake: readonly number[],
  engine?: Engine,
) {
  const at = (a: readonly number[], b: readonly number[]) => judged(loss, scores(...a), scores(...b), engine);
  const { byReal, byFake, generatorByFake } = at(real, fake);
  return {
    gradients: [...byReal, ...byFake, ...generatorByFake],
    differences: [
      ...slopes((a) => at(a, fake).critic, real),
      ...slopes((b) => at(real, b).critic, fake),
      ...slopes((b) => at(real, b).generator, fake),
    ],
  };
}
