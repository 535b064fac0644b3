/** Some rows, of `width` numbers each, one after the other. */
export function rowsOf<A extends Float32Array | Int32Array>(
  numbers: A,
  rows: ArrayLike<number>,
  width: number,
): A {
  const taken = new (numbers.constructor as new (length: number) => A)(rows.length * width);
  for (let at = 0; at < rows.length; at++) {
    const from = rows[at]! * width;
    for (let i = 0; i < width; i++) taken[at * width + i] = numbers[from + i]!;
  }
  return taken;
}
