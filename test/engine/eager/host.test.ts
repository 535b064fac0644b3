import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { hostEngine, type Program, type Tree, Value, wasmEngine } from '../../../src/engine/index.ts';

const double: Program = {
  name: 'double',
  run: (state, { x }) => ({ state, outputs: { y: tf.mul(x as tf.Tensor, state.factor as tf.Tensor) } }),
};

it('answers at once, between two runs of another engine', async () => {
  const other = (await wasmEngine()).open({ factor: Value.scalar(3) });
  const host = hostEngine().open({ factor: Value.scalar(2) });
  const inputs = { x: Value.of([1, 2]) };
  for (let i = 0; i < 2; i++) {
    const [atOnce, later] = [host.run(double, inputs), await other.run(double, inputs)];
    expect(atOnce).not.toBeInstanceOf(Promise);
    expect([...((atOnce as Tree<Value>).y as Value).data]).toEqual([2, 4]);
    expect([...(later.y as Value).data]).toEqual([3, 6]);
  }
  host.close();
  other.close();
});
