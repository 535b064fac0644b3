import { describe, expect, it } from 'vitest';
import { filled, parameter } from '../../../../src/engine/onnx/build.ts';
import { asMeant, nchw } from '../../../../src/engine/onnx/layout/order.ts';
import { Placement } from '../../../../src/engine/onnx/layout/placement.ts';
import { written } from '../passes/graphs.ts';

function placed(...shape: number[]) {
  const node = parameter('input/x', shape, 'float32');
  const placement = new Placement();
  placement.set(node, { node, order: asMeant(shape.length) });
  return { node, placement };
}

describe('the placement of tensors', () => {
  it('moves a tensor once for all who want it in an order', () => {
    const { node, placement } = placed(2, 4, 5, 3);
    const moved = placement.inOrder(node, nchw);
    expect(moved).toMatchObject({ op: 'Transpose', shape: [2, 3, 4, 5] });
    expect(placement.inOrder(node, nchw)).toBe(moved);
    expect(placement.inOrder(node)).toBe(node);
  });

  it('moves nothing where only axes of size 1 move', () => {
    const { node, placement } = placed(2, 1, 1, 3);
    expect(placement.inOrder(node, nchw)).toMatchObject({ op: 'Reshape', shape: [2, 3, 1, 1] });
  });

  it('makes a uniform tensor again', () => {
    const node = filled(1, [2, 4, 5, 3]);
    const placement = new Placement();
    placement.set(node, { node, order: asMeant(4) });
    expect(written(placement.inOrder(node, nchw))).toBe('1[2,3,4,5]');
  });

  it('spells out the axes that broadcasting adds to an operand', () => {
    const { node, placement } = placed(3);
    expect(placement.operand(node, nchw).shape).toEqual([1, 3, 1, 1]);
    expect(placement.operand(node, asMeant(4))).toBe(node);
  });
});
