import { describe, expect, it } from 'vitest';
import { add, elementwise, filled, mul } from '../../../../src/engine/onnx/build.ts';
import { rewrite } from '../../../../src/engine/onnx/passes/rewrite.ts';
import { through, written, x } from './graphs.ts';

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
