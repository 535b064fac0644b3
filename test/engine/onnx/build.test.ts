import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { WeirError } from '../../../src/base/index.ts';
import { mapTree, Value } from '../../../src/engine/index.ts';
import {
  add,
  broadcastShape,
  cast,
  concat,
  counting,
  elementwise,
  filled,
  matMul,
  mul,
  pad,
  parameter,
  reduce,
  reshapeNode,
  slice,
  transpose,
} from '../../../src/engine/onnx/build.ts';
import { compile } from '../../../src/engine/onnx/compile.ts';
import { ProgramNotCompilableError } from '../../../src/engine/onnx/errors.ts';
import { broadcastingOperations, unaryOperations } from '../../../src/engine/onnx/operations.ts';
import { TensorSpec } from '../../../src/engine/onnx/spec.ts';
import { cases } from '../gradients/cases.ts';
import { startOf } from '../gradients/check.ts';
import { expectSame } from './agree.ts';

const x = parameter('x', [2, 3, 4], 'float32');

describe('building nodes', () => {
  it('infers shapes', () => {
    expect(broadcastShape([[2, 1], [3], []])).toEqual([2, 3]);
    expect(transpose(x, [2, 0, 1]).shape).toEqual([4, 2, 3]);
    expect(reduce('ReduceSum', x, [0, 2]).shape).toEqual([1, 3, 1]);
    expect(concat([x, x], 1).shape).toEqual([2, 6, 4]);
    expect(pad(x, [1, 0, 0], [0, 2, 0]).shape).toEqual([3, 5, 4]);
    expect(slice(x, [0, 1, 0], [2, 1, 4]).shape).toEqual([2, 1, 4]);
    expect(matMul(x, parameter('y', [5, 4], 'float32'), false, true).shape).toEqual([2, 3, 5]);
  });

  it('infers types', () => {
    expect(elementwise('Less', [x, x], {}, 'bool').dtype).toBe('bool');
    expect(elementwise('Where', [elementwise('Less', [x, x], {}, 'bool'), x, x]).dtype).toBe('float32');
    expect(cast(x, 'int32').dtype).toBe('int32');
    expect(counting(3)).toMatchObject({ dtype: 'int32', data: Int32Array.of(0, 1, 2) });
  });

  it('casts nothing to its own type', () => expect(cast(x, 'float32')).toBe(x));

  it('refuses to reshape into another number of elements', () =>
    expect(() => reshapeNode(x, [5])).toThrow('reshape: [2,3,4] to [5]'));
});

it('turns a graph into a model that takes only what its results depend on', () => {
  const x = parameter('input/x', [2, 2], 'float32');
  const unused = parameter('input/unused', [2, 2], 'float32');
  const model = compile('double', new Map([['output/y', add(add(x, x), mul(unused, filled(0)))]]));
  expect(model.inputs).toEqual([{ name: 'input/x', shape: [2, 2], dtype: 'float32' }]);
  expect(model.outputs).toEqual([{ name: 'next/output/y', shape: [2, 2], dtype: 'float32' }]);
  expect(model.operations).toBe(2);
});

describe('every operation that a critic may use, with its first and second gradients, agrees with the cpu engine', () => {
  it.each(Object.entries(cases))('%s', async (name, test) => {
    const names = Object.keys(test.inputs);
    const start = startOf(test);
    const values = names.map((input) => Value.of(start[input]!, test.inputs[input]!));
    const of = (...xs: tf.Tensor[]) => test.of(Object.fromEntries(names.map((input, i) => [input, xs[i]!])));
    await expectSame(name, of, values, { tolerance: 2e-5 });
  });
});

it('is a leaf of trees that knows shape and type only', () => {
  const specs = mapTree({ a: { b: Value.filled([2, 3], 1) } }, (value) => new TensorSpec(value));
  expect(specs).toEqual({ a: { b: new TensorSpec({ dtype: 'float32', shape: [2, 3] }) } });
  expect(mapTree(specs, ({ shape }) => shape.length)).toEqual({ a: { b: 2 } });
});

it('tells that a program cannot be compiled, as an error of the user with a stable code', () => {
  const error = new ProgramNotCompilableError('critic: the kernel FFT cannot be compiled');
  expect(error).toBeInstanceOf(WeirError);
  expect(error).toMatchObject({
    code: 'PROGRAM_NOT_COMPILABLE',
    kind: 'input',
    name: 'ProgramNotCompilableError',
  });
});

it('tells operations of one operand from those that broadcast', () => {
  expect([...unaryOperations].filter((op) => broadcastingOperations.has(op))).toEqual([]);
  expect(unaryOperations.has('Tanh')).toBe(true);
  expect(broadcastingOperations.has('Mul')).toBe(true);
});
