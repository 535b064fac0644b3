import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, Value } from '../../../src/engine/index.ts';
import {
  dense,
  type Layer,
  layerNorm,
  mlpCritic,
  mlpGenerator,
  ones,
  sequential,
  tanh,
  tap,
  zeros,
} from '../../../src/models/index.ts';
import { applied, engineNames, engines, expectClose, moments, noise } from '../support.ts';

const shapesOf = (layer: Layer, inputs: number) => {
  const { weights, buffers, shape } = layer.init(keyOf(1), [inputs]);
  expect(buffers).toEqual({});
  return {
    shape,
    kernels: [...flattenTree(weights).values()]
      .filter(({ shape }) => shape.length === 2)
      .map(({ shape }) => shape),
  };
};

describe('mlpCritic', () => {
  it('is three hidden layers of 128 units and one score unless told', () => {
    expect(shapesOf(mlpCritic(), 2)).toEqual({
      shape: [1],
      kernels: [
        [2, 128],
        [128, 128],
        [128, 128],
        [128, 1],
      ],
    });
  });

  it('is as wide and as deep as it is told', () => {
    expect(shapesOf(mlpCritic({ width: 5, depth: 1 }), 3).kernels).toEqual([
      [3, 5],
      [5, 1],
    ]);
  });

  it.each(engineNames)('has a ReLU behind every layer but the last (%s)', (name) => {
    const critic = mlpCritic({ width: 6, depth: 2 });
    const initial = critic.init(keyOf(4), [2]);
    const leaves = flattenTree(initial.weights);
    const x = noise('x', [5, 2]);
    let rows = Array.from({ length: 5 }, (_, i) => [...x.data.slice(2 * i, 2 * i + 2)]);
    ['0', '2', '4'].forEach((layer, number) => {
      const kernel = leaves.get(`${layer}/kernel`) as Value;
      const bias = leaves.get(`${layer}/bias`) as Value;
      const units = bias.data.length;
      rows = rows.map((row) =>
        Array.from({ length: units }, (_, unit) => {
          const sum = row.reduce(
            (total, input, i) => total + input * kernel.data[i * units + unit]!,
            bias.data[unit]!,
          );
          return number < 2 ? Math.max(0, sum) : sum;
        }),
      );
    });
    expectClose(applied(critic, x, { initial, engine: engines[name] }).y, rows.flat());
  });

  it('starts with scores of about the size of its inputs, however deep it is', () => {
    for (const depth of [1, 3, 12]) {
      const critic = mlpCritic({ width: 256, depth });
      const scores = applied(critic, noise('x', [64, 256]), { engine: engines.wasm }).y;
      const square = moments(scores.data).variance + moments(scores.data).mean ** 2;
      expect(square).toBeGreaterThan(0.1);
      expect(square).toBeLessThan(10);
    }
  });
});

describe('mlpGenerator', () => {
  it('makes points with as many coordinates as it is told, without a bound', () => {
    expect(shapesOf(mlpGenerator({ outputs: 3, width: 8, depth: 2 }), 4)).toEqual({
      shape: [3],
      kernels: [
        [4, 8],
        [8, 8],
        [8, 3],
      ],
    });
    const { y } = applied(mlpGenerator({ outputs: 3 }), noise('z', [50, 4], 10), { engine: engines.wasm });
    expect(y.data.some((number) => number > 2)).toBe(true);
    expect(y.data.some((number) => number < -2)).toBe(true);
  });
});

describe('the multilayer perceptrons', () => {
  it.each([
    [() => mlpCritic({ width: 0 }), 'mlpCritic: width: expected a whole number from 1, got 0'],
    [() => mlpCritic({ width: 2.5 }), 'mlpCritic: width: expected a whole number from 1, got 2.5'],
    [() => mlpCritic({ depth: 0 }), 'mlpCritic: depth: expected a whole number from 1, got 0'],
    [
      () => mlpGenerator({ outputs: 2, depth: -1 }),
      'mlpGenerator: depth: expected a whole number from 1, got -1',
    ],
    [() => mlpGenerator({ outputs: 0 }), 'mlpGenerator: outputs: expected a whole number from 1, got 0'],
  ])('refuse %s', (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });

  it('refuse images', () => {
    expect(() => mlpCritic().init(keyOf(1), [8, 8, 1])).toThrow(
      'dense: expected inputs of rank 1, got [8,8,1]; flatten() first',
    );
  });
});

describe('the layers of a perceptron', () => {
  it('are as they are asked for, in their places', () => {
    const mark = (name: string): Layer => tap(name, tanh());
    const critic = mlpCritic({
      width: 4,
      depth: 2,
      first: [mark('first')],
      last: [mark('last')],
      activation: () => mark('activation'),
      normalisation: layerNorm,
      constraint: (layer) => sequential([layer]),
      head: dense(3),
    });
    const { taps, weights, shape } = critic.init(keyOf(1), [2]);
    expect(taps).toEqual({ first: [2], activation: [4], features: [4], last: [4] });
    expect(shape).toEqual([3]);
    expect([...flattenTree(weights).keys()]).toEqual([
      '1/0/kernel',
      '1/0/bias',
      '2/gain',
      '2/bias',
      '4/0/kernel',
      '4/0/bias',
      '5/gain',
      '5/bias',
      '8/0/kernel',
      '8/0/bias',
    ]);
  });

  it('begin as they are told', () => {
    const critic = mlpCritic({ width: 2, depth: 1, initial: { kernel: ones, bias: zeros } });
    const { weights } = critic.init(keyOf(1), [2]);
    expect(flattenTree(weights).get('0/kernel')).toEqual(Value.filled([2, 2], 1));
    expect(flattenTree(weights).get('0/bias')).toEqual(Value.filled([2], 0));
  });
});
