import { describe, expect, it } from 'vitest';
import { add, matMul, mul, parameter } from '../../../../src/engine/onnx/build.ts';
import { fuseBias } from '../../../../src/engine/onnx/passes/fuse-bias.ts';
import { row, through, written, x } from './graphs.ts';

const square = parameter('input/w', [3, 3], 'float32');

describe('fusing biases', () => {
  it('gives a matrix product the row that is added to it', () => {
    expect(written(through(fuseBias, add(matMul(x, square), row)))).toBe('MatMul(x, w, Reshape(row))');
    expect(written(through(fuseBias, add(row, matMul(x, square))))).toBe('MatMul(x, w, Reshape(row))');
  });

  it('leaves products that others use, and additions that are no bias', () => {
    const product = matMul(x, square);
    expect(written(through(fuseBias, mul(add(product, row), product)))).toBe(
      'Mul(Add(MatMul(x, w), row), MatMul(x, w))',
    );
    expect(written(through(fuseBias, add(matMul(x, square), x)))).toBe('Add(MatMul(x, w), x)');
  });
});
