import { describe, expect, it } from 'vitest';
import { add, elementwise, expand, filled, mul } from '../../../../src/engine/onnx/build.ts';
import type { Node } from '../../../../src/engine/onnx/graph.ts';
import { shrinkOperands } from '../../../../src/engine/onnx/passes/shrink-operands.ts';
import { row, through, written, x } from './graphs.ts';

const shrunk = (node: Node) => written(through(shrinkOperands, node));
const wide = expand(row, [2, 3]);

describe('shrinking operands', () => {
  it('takes an expanded operand as it was, and a uniform one as a scalar', () => {
    expect(shrunk(mul(x, wide))).toBe('Mul(x, row)');
    expect(shrunk(mul(x, filled(3, [2, 3])))).toBe('Mul(x, 3[])');
  });

  it('expands the result instead of the operands', () => {
    expect(shrunk(elementwise('Tanh', [mul(wide, filled(2))]))).toBe('Expand(Tanh(Mul(row, 2[])))');
    expect(shrunk(add(mul(wide, wide), x))).toBe('Add(Mul(row, row), x)');
  });

  it('keeps an expansion that is a result', () => expect(shrunk(wide)).toBe('Expand(row)'));
});
