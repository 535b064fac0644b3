// The game of section 3.3 of "Improved Techniques for Training GANs",
// https://arxiv.org/abs/1606.03498: x minimises and y maximises (f(x) - 1)(y - 1) with f(x) = x
// below 0 and x^2 above. Gradient descent orbits around (1, 1); historical averaging converges.
//   npm run experiment toy-game
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { differentiate, type Engine, openEngine, type Program, type Tree, Value } from 'weir-streams/engine';
import { historicalAveraging, type Optimizer, sgd } from 'weir-streams/models';

type State = Readonly<
  Record<'x' | 'y', { readonly weights: Tree<tf.Tensor>; readonly slots: Tree<tf.Tensor> }>
>;

/** Both players move at once. */
function step(optimizer: Optimizer): Program {
  return {
    name: 'toy-game',
    run(state, { rate }) {
      const { x, y } = state as never as State;
      const value = (x: tf.Tensor, y: tf.Tensor) => {
        const f = tf.where(tf.less(x, 0), x, tf.square(x));
        return tf.mul(tf.sub(f, 1), tf.sub(y, 1));
      };
      const [atX, atY] = [x.weights.at as tf.Tensor, y.weights.at as tf.Tensor];
      const move = (own: typeof x, loss: (at: tf.Tensor) => tf.Tensor) => {
        const { gradients } = differentiate(own.weights, (weights) => ({
          loss: loss(weights.at as tf.Tensor),
          extra: {},
        }));
        const { weights, slots } = optimizer.update(gradients, own.slots, own.weights, rate as tf.Tensor);
        return { weights, slots };
      };
      const next = { x: move(x, (at) => value(at, atY)), y: move(y, (at) => tf.neg(value(atX, at))) };
      const distance = tf.sqrt(tf.add(tf.square(tf.sub(atX, 1)), tf.square(tf.sub(atY, 1))));
      return { state: next as never, outputs: { distance } };
    },
  };
}

/**
 * The mean distance from (1, 1) over the last 500 of some steps from (2, 2); Infinity where it left
 * all numbers.
 */
export async function study(weight: number, rate: number, engine: Engine, steps = 20_000): Promise<number> {
  const plain = sgd({ rate });
  const optimizer = weight === 0 ? plain : historicalAveraging(plain, weight);
  const start = () => {
    const weights = { at: Value.of([2]) };
    return { weights, slots: optimizer.init(weights) };
  };
  const session = engine.open({ x: start(), y: start() });
  const program = step(optimizer);
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const { distance } = (await session.run(program, { rate: Value.scalar(rate) })) as { distance: Value };
    if (!(distance.data[0]! < 1e6)) {
      session.close();
      return Infinity;
    }
    if (step >= steps - 500) sum += distance.data[0]! / 500;
  }
  session.close();
  return sum;
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const { engine } = await openEngine('auto');
  console.log('| lambda | rate | mean distance over the last 500 of 20,000 steps |\n|---|---|---|');
  for (const weight of [0, 0.1, 1, 2])
    for (const rate of [0.01, 0.05])
      console.log(`| ${weight} | ${rate} | ${(await study(weight, rate, engine)).toFixed(4)} |`);
}
