import { expect, it } from 'vitest';
import { add, filled, matMul, mul, reduce, reshapeNode } from '../../../../src/engine/onnx/build.ts';
import { optimize } from '../../../../src/engine/onnx/passes/optimize.ts';
import { through, written, x, y } from './graphs.ts';

it('repeats its passes, so that what one uncovers another takes up', () => {
  const nothing = reduce('ReduceSum', mul(matMul(x, filled(0, [2, 3]), false, true), filled(3)), [1]);
  const node = add(
    mul(add(x, reshapeNode(nothing, [2, 1])), filled(1, [2, 3])),
    reshapeNode(reshapeNode(y, [6]), [2, 3]),
  );
  expect(written(through(optimize, node))).toBe('Add(x, y)');
});
