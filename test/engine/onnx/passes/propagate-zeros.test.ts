import { describe, expect, it } from 'vitest';
import { add, div, filled, matMul, mul, reduce } from '../../../../src/engine/onnx/build.ts';
import type { Node } from '../../../../src/engine/onnx/graph.ts';
import { propagateZeros } from '../../../../src/engine/onnx/passes/propagate-zeros.ts';
import { through, written, x, y } from './graphs.ts';

const propagated = (node: Node) => written(through(propagateZeros, node));
const zero = filled(0, [2, 3]);

describe('zero propagation', () => {
  it('computes no product with zero', () => {
    expect(propagated(mul(x, zero))).toBe('0[2,3]');
    expect(propagated(div(zero, x))).toBe('0[2,3]');
    expect(propagated(matMul(zero, x, false, true))).toBe('0[2,2]');
    for (const op of ['Conv', 'ConvInput', 'ConvFilter'])
      expect(propagated({ op, inputs: [x, zero], attributes: {}, shape: [1, 2], dtype: 'float32' })).toBe(
        '0[1,2]',
      );
  });

  it('follows zeros through a chain of products and sums', () =>
    expect(propagated(mul(reduce('ReduceSum', mul(x, zero), [0]), y))).toBe('0[2,3]'));

  it('keeps sums, and quotients by zero', () => {
    expect(propagated(add(x, zero))).toBe('Add(x, 0[2,3])');
    expect(propagated(div(x, zero))).toBe('Div(x, 0[2,3])');
  });
});
