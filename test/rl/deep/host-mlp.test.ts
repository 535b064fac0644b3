import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, type Value } from '../../../src/engine/index.ts';
import { HostMlp } from '../../../src/rl/deep/host-mlp.ts';
import { type PerceptronShape, perceptron } from '../../../src/rl/deep/perceptron.ts';
import { compute, expectClose, noise } from '../../models/support.ts';
import { engineNames, engines, linear } from './support.ts';

const shapes: readonly (readonly [string, PerceptronShape])[] = [
  ['rectified', { inputs: 5, hidden: [16, 8], outputs: 3, activation: 'relu' }],
  ['tanh', { inputs: 5, hidden: [16, 8], outputs: 3, activation: 'tanh', start: 0.01 }],
  ['dueling', { inputs: 5, hidden: [16], outputs: 4, activation: 'relu', dueling: true }],
  ['linear', { inputs: 5, hidden: [], outputs: 2, activation: 'relu' }],
];

describe.each(engineNames)('the network that acts, beside that of the programs on %s', (name) => {
  it.each(shapes)('%s: gives the same up to rounding', (_, shape) => {
    const layer = perceptron(shape);
    const { weights } = layer.init(keyOf(3), [5]);
    const x = noise('observations', [10, 5], 3);
    const { y } = compute(
      { weights: weights as Record<string, Value>, x },
      (given) => ({ y: layer.apply({ weights: given.weights as never, buffers: {} }, given.x, true).y }),
      engines[name],
    );
    const acting = new HostMlp(shape);
    acting.load(weights);
    const rows = Array.from({ length: 10 }, (_, row) => [...acting.run(x.data, row * 5)]);
    expectClose(y, rows.flat(), 1e-6);
  });
});

describe('the network that acts', () => {
  it('computes by hand what it should', () => {
    const acting = new HostMlp({ inputs: 2, hidden: [], outputs: 2, activation: 'relu' });
    const kernel = [
      [1, 2],
      [3, 4],
    ];
    acting.load(linear(kernel, [10, 20]));
    expect([...acting.run([1, -1])]).toEqual([8, 18]);
  });

  it('puts value and advantages together', () => {
    const acting = new HostMlp({ inputs: 1, hidden: [], outputs: 2, activation: 'relu', dueling: true });
    const head = (kernel: number[], bias: number[]) => linear([kernel], bias)[0] as Tree<Value>;
    acting.load({ 0: { advantage: head([1, 3], [0, 0]), value: head([10], [1]) } });
    expect([...acting.run([1])]).toEqual([10, 12]);
  });

  it('is zero before it is loaded', () => {
    expect([...new HostMlp(shapes[0]![1]).run([1, 2, 3, 4, 5])]).toEqual([0, 0, 0]);
  });
});
