import type { Data } from '../../value.ts';
import { asMeant, type Order, permuted, sameOrder } from './order.ts';

/**
 * A copy of the elements of a tensor of the shape, so that axis i of the copy is axis `order[i]` of
 * the tensor.
 */
export function permuteData(data: Data, shape: readonly number[], order: Order): Data {
  const copy = data.slice();
  if (sameOrder(order, asMeant(shape.length))) return copy;
  const steps = permuted(strides(shape), order);
  const sizes = permuted(shape, order);
  const place = new Array<number>(sizes.length).fill(0);
  for (let i = 0, from = 0; i < copy.length; i++) {
    copy[i] = data[from]!;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++place[axis]! < sizes[axis]!) break;
      from -= steps[axis]! * sizes[axis]!;
      place[axis] = 0;
    }
  }
  return copy;
}

function strides(shape: readonly number[]): number[] {
  const steps = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) steps[axis] = steps[axis + 1]! * shape[axis + 1]!;
  return steps;
}

/** The order that undoes another. */
export function inverse(order: Order): Order {
  return order.map((_, axis) => order.indexOf(axis));
}
