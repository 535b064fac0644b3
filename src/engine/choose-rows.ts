import { sizeOf, Value } from './value.ts';

/** `count` rows of a tensor, [count, ...], of which row i is that of the number `which(i)`. */
export function chooseRows(value: Value, count: number, which: (i: number) => number): Value {
  const { dtype, shape, data } = value;
  const row = shape.slice(1);
  const each = sizeOf(row);
  const chosen = Value.zeros(dtype, [count, ...row]);
  for (let i = 0; i < count; i++) {
    const from = which(i) * each;
    (chosen.data as Float32Array).set((data as Float32Array).subarray(from, from + each), i * each);
  }
  return chosen;
}
