import { describe, expect, it } from 'vitest';
import {
  add,
  elementwise,
  filled,
  matMul,
  mul,
  reduce,
  reshapeNode,
} from '../../../../src/engine/onnx/build.ts';
import { optimize } from '../../../../src/engine/onnx/passes/optimize.ts';
import { rewrite } from '../../../../src/engine/onnx/passes/rewrite.ts';
import { through, written, x, y } from './graphs.ts';

describe('rewriting', () => {
  it('applies rules to inputs first, and to what they made, until none applies', () => {
    const node = add(elementwise('Neg', [elementwise('Neg', [elementwise('Neg', [x])])]), x);
    const twice = (graph: Parameters<typeof rewrite>[0]) =>
      rewrite(graph, [({ op, inputs: [a] }) => (op === 'Neg' && a!.op === 'Neg' ? a!.inputs[0] : undefined)]);
    expect(written(through(twice, node))).toBe('Add(Neg(x), x)');
  });

  it('shows a rule the node as it was', () => {
    const inner = mul(x, filled(2));
    const seen: boolean[] = [];
    rewrite(new Map([['r', add(inner, x)]]), [
      (node, original) => {
        if (node.op === 'Add') seen.push(original.inputs[0] === inner, node.inputs[0] === inner);
        return node.op === 'Mul' ? x : undefined;
      },
    ]);
    expect(seen).toEqual([true, false]);
  });

  it('leaves a graph that no rule fits as it is', () => {
    const node = add(x, x);
    expect(through((graph) => rewrite(graph, []), node)).toBe(node);
  });
});

it('repeats its passes, so that what one uncovers another takes up', () => {
  const nothing = reduce('ReduceSum', mul(matMul(x, filled(0, [2, 3]), false, true), filled(3)), [1]);
  const node = add(
    mul(add(x, reshapeNode(nothing, [2, 1])), filled(1, [2, 3])),
    reshapeNode(reshapeNode(y, [6]), [2, 3]),
  );
  expect(written(through(optimize, node))).toBe('Add(x, y)');
});
