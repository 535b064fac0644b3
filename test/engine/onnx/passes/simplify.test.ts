import { describe, expect, it } from 'vitest';
import {
  add,
  cast,
  div,
  elementwise,
  expand,
  filled,
  less,
  mul,
  pad,
  reduce,
  reshapeNode,
  slice,
  sub,
  transpose,
  where,
} from '../../../../src/engine/onnx/build.ts';
import type { Node } from '../../../../src/engine/onnx/graph.ts';
import { simplify } from '../../../../src/engine/onnx/passes/simplify.ts';
import { row, through, written, x, y } from './graphs.ts';

const neg = (node: Node) => elementwise('Neg', [node]);
const pow = (node: Node, exponent: number) => elementwise('Pow', [node, filled(exponent)]);

const cases: readonly (readonly [string, Node, string])[] = [
  ['x + 0', add(x, filled(0)), 'x'],
  ['0 + x', add(filled(0, [2, 3]), x), 'x'],
  ['x - 0', sub(x, filled(0)), 'x'],
  ['x * 1', mul(x, filled(1)), 'x'],
  ['x / 1', div(x, filled(1)), 'x'],
  ['a row times ones', mul(row, filled(1, [2, 3])), 'Expand(row)'],
  ['-(-x)', neg(neg(x)), 'x'],
  ['x * -1', mul(x, filled(-1)), 'Neg(x)'],
  ['x + -y', add(x, neg(y)), 'Sub(x, y)'],
  ['-x + y', add(neg(x), y), 'Sub(y, x)'],
  ['x - -y', sub(x, neg(y)), 'Add(x, y)'],
  ['x ** 1', pow(x, 1), 'x'],
  ['x ** 2', pow(x, 2), 'Mul(x, x)'],
  ['x ** 0.5', pow(x, 0.5), 'Sqrt(x)'],
  ['a sum over an axis of size 1', reduce('ReduceSum', reshapeNode(x, [2, 1, 3]), [1]), 'Reshape(x)'],
  ['a sum over a longer one', reduce('ReduceSum', x, [1]), 'ReduceSum(x)'],
  ['padding with nothing', pad(x, [0, 0], [0, 0]), 'x'],
  ['reshapes in a row', reshapeNode(reshapeNode(x, [6]), [3, 2]), 'Reshape(x)'],
  ['a reshape back', reshapeNode(reshapeNode(x, [6]), [2, 3]), 'x'],
  ['transpositions in a row', transpose(transpose(x, [1, 0]), [1, 0]), 'x'],
  ['an expansion to the same shape', expand(x, [2, 3]), 'x'],
  ['a slice of everything', slice(x, [0, 0], [2, 3]), 'x'],
  ['a cast to the same type', { ...cast(x, 'int32'), dtype: 'float32' }, 'x'],
  ['factors in a row', div(mul(neg(x), filled(3)), filled(2)), 'Mul(x, -1.5[])'],
  ['the sign of a product', neg(mul(filled(3), x)), 'Mul(x, -3[])'],
  ['a choice between a tensor and itself', where(less(x, y), x, x), 'x'],
  ['a choice that is made', where(filled(0, [2, 3], 'bool'), x, y), 'y'],
];

describe('algebra', () => {
  it.each(cases)('%s', (_, node, expected) => expect(written(through(simplify, node))).toBe(expected));

  it('keeps reversals, factors that broadcasting spreads, and whole numbers', () => {
    expect(written(through(simplify, slice(x, [1, 0], [2, 3], [-1, 1])))).toBe('Slice(x)');
    expect(written(through(simplify, mul(mul(row, filled(2, [2, 3])), filled(3))))).toContain('Mul(Mul(');
    const whole = cast(x, 'int32');
    const half = (node: Node) => div(node, filled(2, [], 'int32'));
    expect(written(through(simplify, half(half(whole))))).toBe('Div(Div(Cast(x), 2[]), 2[])');
  });
});
