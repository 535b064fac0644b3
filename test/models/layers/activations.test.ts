import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { elu, type Layer, leakyRelu, relu, sigmoid, softplus, tanh } from '../../../src/models/index.ts';
import { applied, engineNames, engines, expectClose } from '../support.ts';

const xs = [-100, -2, -0.5, 0, 0.5, 2, 60];

const table: readonly (readonly [string, () => Layer, (x: number) => number])[] = [
  ['relu', relu, (x) => Math.max(x, 0)],
  ['leakyRelu', leakyRelu, (x) => (x > 0 ? x : 0.2 * x)],
  ['leakyRelu(0.01)', () => leakyRelu(0.01), (x) => (x > 0 ? x : 0.01 * x)],
  ['leakyRelu(0)', () => leakyRelu(0), (x) => Math.max(x, 0)],
  ['tanh', tanh, Math.tanh],
  ['sigmoid', sigmoid, (x) => 1 / (1 + Math.exp(-x))],
  ['elu', elu, (x) => (x > 0 ? x : Math.expm1(x))],
  ['softplus', softplus, (x) => (x > 30 ? x : Math.log1p(Math.exp(x)))],
];

describe.each(table)('%s', (_, activation, f) => {
  it.each(engineNames)('changes every number alike (%s)', (name) => {
    const { y, buffers } = applied(activation(), Value.of(xs, [7, 1]), { engine: engines[name] });
    expectClose(y, xs.map(f));
    expect(buffers).toEqual({});
  });

  it('has no parameters and keeps the shape', () => {
    expect(activation().init(keyOf(1), [4, 4, 3])).toEqual({ weights: {}, buffers: {}, shape: [4, 4, 3] });
  });
});

it.each([-0.1, 1.1, Number.NaN])('leakyRelu refuses a slope of %s', (slope) => {
  expect(() => leakyRelu(slope)).toThrow(
    new RangeError(`leakyRelu: slope: expected a finite number from 0 to 1, got ${slope}`),
  );
});
