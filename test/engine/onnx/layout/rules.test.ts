import { describe, expect, it } from 'vitest';
import {
  add,
  elementwise,
  matMul,
  parameter,
  reduce,
  reshapeNode,
  transpose,
} from '../../../../src/engine/onnx/build.ts';
import type { Node } from '../../../../src/engine/onnx/graph.ts';
import { nchw } from '../../../../src/engine/onnx/layout/order.ts';
import { Placement } from '../../../../src/engine/onnx/layout/placement.ts';
import { ruleFor } from '../../../../src/engine/onnx/layout/rules.ts';
import { written } from '../passes/graphs.ts';

/** A picture that lies as NCHW, and how a node that is computed from it lies. */
const picture = parameter('input/picture', [2, 4, 5, 3], 'float32');
const lying = { ...picture, shape: [2, 3, 4, 5] };
const bias = parameter('input/bias', [3], 'float32');

function place(...nodes: Node[]) {
  const placement = new Placement();
  placement.set(picture, { node: lying, order: nchw });
  placement.set(bias, { node: bias, order: [0] });
  for (const node of nodes) placement.set(node, ruleFor(node.op)(node, placement));
  const { node, order } = placement.of(nodes.at(-1)!);
  return { text: written(node), shape: node.shape, order, attributes: node.attributes };
}

describe('how operations lie', () => {
  it('elementwise ones as their largest operand that has moved', () => {
    expect(place(elementwise('Tanh', [picture]))).toMatchObject({ text: 'Tanh(picture)', order: nchw });
    expect(place(add(picture, bias))).toMatchObject({
      text: 'Add(picture, Reshape(Reshape(bias)))',
      shape: [2, 3, 4, 5],
    });
  });

  it('reductions as their input, over the axes where they lie', () =>
    expect(place(reduce('ReduceMean', picture, [1, 2]))).toMatchObject({
      attributes: { axes: [2, 3] },
      order: nchw,
    }));

  it('transpositions not at all', () =>
    expect(place(transpose(picture, [0, 3, 1, 2]))).toMatchObject({ text: 'picture', order: [0, 1, 2, 3] }));

  it('matrix products of what lies transposed without moving it', () => {
    const flat = reshapeNode(picture, [2, 20, 3]);
    const product = matMul(flat, flat, false, true);
    expect(place(flat, product)).toMatchObject({
      attributes: { transA: true, transB: false },
      shape: [2, 20, 20],
    });
  });

  it('reshapes that mix moved axes after a transposition', () =>
    expect(place(reshapeNode(picture, [2, 60]))).toMatchObject({
      text: 'Reshape(Transpose(picture))',
      order: [0, 1],
    }));

  it('others as meant', () => {
    const indices = parameter('input/indices', [2], 'int32');
    const gather: Node = {
      op: 'Gather',
      inputs: [bias, indices],
      attributes: { axis: 0 },
      shape: [2],
      dtype: 'float32',
    };
    const placement = new Placement();
    placement.set(bias, { node: bias, order: [0] });
    placement.set(indices, { node: indices, order: [0] });
    expect(written(ruleFor('Gather')(gather, placement).node)).toBe('Gather(bias, indices)');
  });
});
