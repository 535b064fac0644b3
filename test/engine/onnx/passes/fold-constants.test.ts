import { describe, expect, it } from 'vitest';
import {
  add,
  cast,
  concat,
  div,
  elementwise,
  filled,
  less,
  pad,
  reduce,
  reshapeNode,
  where,
} from '../../../../src/engine/onnx/build.ts';
import { foldConstants } from '../../../../src/engine/onnx/passes/fold-constants.ts';
import { through, written, x } from './graphs.ts';

const folded = (node: Parameters<typeof written>[0]) => written(through(foldConstants, node));

describe('constant folding', () => {
  it('computes what is uniform, rounded as float32 rounds', () => {
    expect(folded(add(filled(1, [2, 3]), filled(2)))).toBe('3[2,3]');
    expect(folded(div(filled(1), filled(3)))).toBe(`${Math.fround(1 / 3)}[]`);
    expect(folded(elementwise('Sqrt', [add(filled(2), filled(2))]))).toBe('2[]');
    expect(folded(where(less(filled(1), filled(2)), filled(5), filled(6)))).toBe('5[]');
    expect(folded(cast(filled(2.7), 'int32'))).toBe('2[]');
  });

  it.each([
    ['Neg', -1.5],
    ['Abs', 1.5],
    ['Sign', 1],
    ['Sqrt', Math.sqrt(1.5)],
    ['Exp', Math.exp(1.5)],
    ['Log', Math.log(1.5)],
    ['Tanh', Math.tanh(1.5)],
    ['Sigmoid', 1 / (1 + Math.exp(-1.5))],
    ['Relu', 1.5],
    ['Floor', 1],
    ['Ceil', 2],
  ] as const)('computes %s', (operation, value) => {
    expect(folded(elementwise(operation, [filled(1.5)]))).toBe(`${Math.fround(value)}[]`);
  });

  it('divides whole numbers as whole numbers', () =>
    expect(folded(div(filled(7, [], 'int32'), filled(2, [], 'int32')))).toBe('3[]'));

  it('moves and sums uniform tensors', () => {
    expect(folded(reshapeNode(filled(4, [2, 3]), [6]))).toBe('4[6]');
    expect(folded(concat([filled(4, [2, 3]), filled(4, [1, 3])], 0))).toBe('4[3,3]');
    expect(folded(reduce('ReduceSum', filled(4, [2, 3]), [1]))).toBe('12[2,1]');
    expect(folded(reduce('ReduceMean', filled(4, [2, 3]), [1]))).toBe('4[2,1]');
    expect(folded(pad(filled(0, [2]), [1], [1]))).toBe('0[4]');
  });

  it('keeps what differs from element to element', () => {
    expect(folded(concat([filled(4, [1]), filled(5, [1])], 0))).toBe('Concat(4[1], 5[1])');
    expect(folded(pad(filled(1, [2]), [1], [1]))).toBe('Pad(1[2])');
    expect(folded(add(x, filled(1)))).toBe('Add(x, 1[])');
  });
});
