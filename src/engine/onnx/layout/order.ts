/**
 * The layout of a tensor in memory: its axis i is axis `order[i]` of the tensor in the program.
 */
export type Order = readonly number[];

/** Images NHWC in memory as NCHW. */
export const nchw: Order = [0, 3, 1, 2];

/**
 * Images NHWC in memory as CNHW: channels and samples are exchanged, for the gradient by the
 * filter.
 */
export const cnhw: Order = [3, 0, 1, 2];

/**
 * Images NHWC in memory as HWNC: a row of samples for each pixel, so that pixels are copied in
 * large blocks.
 */
export const hwnc: Order = [1, 2, 0, 3];

/** Filters HWIO in memory as OIHW. */
export const oihw: Order = [3, 2, 0, 1];

/**
 * The layout of a tensor of the state, the same in all programs. Tensors of four axes are treated
 * as filters: OIHW, or HWIO where they are as wide as `blockConvolution` needs.
 */
export function orderOfState(shape: readonly number[]): Order {
  const [height, width] = shape;
  const even = height === width && height! % 2 === 0;
  return shape.length === 4 && !even ? oihw : asMeant(shape.length);
}

/** The same where the model is for other tools: every filter is OIHW. */
export function plainOrderOfState({ length }: readonly number[]): Order {
  return length === 4 ? oihw : asMeant(length);
}

export function asMeant(rank: number): Order {
  return Array.from({ length: rank }, (_, i) => i);
}

export function permuted<T>(items: readonly T[], order: Order): T[] {
  return order.map((axis) => items[axis]!);
}

export function sameOrder(a: Order, b: Order): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}

/**
 * Whether the elements are in the order of the program: at most axes of size 1 are exchanged.
 */
export function liesAsMeant(shape: readonly number[], order: Order): boolean {
  const long = order.filter((axis) => shape[axis] !== 1);
  return long.every((axis, i) => i === 0 || axis > long[i - 1]!);
}

/**
 * The layout of a reshaped tensor that needs no transposition, or undefined where there is none.
 */
export function orderAfterReshape(
  from: readonly number[],
  to: readonly number[],
  order: Order,
): Order | undefined {
  const groups = matchingGroups(from, to).map((group) => ({
    ...group,
    places: order.flatMap((axis, i) => (group.from.includes(axis) && from[axis] !== 1 ? [{ axis, i }] : [])),
  }));
  const long = order.filter((axis) => from[axis] !== 1);
  for (const { places } of groups) {
    const first = places[0];
    const together = places.every(({ axis }, i) => axis === long[long.indexOf(first!.axis) + i]);
    const ascending = places.every(({ axis }, i) => i === 0 || axis > places[i - 1]!.axis);
    if (!together || !ascending) return undefined;
  }
  const sorted = groups.toSorted((a, b) => (a.places[0]?.i ?? Infinity) - (b.places[0]?.i ?? Infinity) || 0);
  return sorted.flatMap((group) => group.to);
}

/**
 * The smallest groups of neighbouring axes that hold the same elements before and after a reshape.
 */
function matchingGroups(from: readonly number[], to: readonly number[]): { from: number[]; to: number[] }[] {
  const groups: { from: number[]; to: number[] }[] = [];
  for (let i = 0, j = 0; i < from.length || j < to.length; ) {
    const group = { from: [] as number[], to: [] as number[] };
    let [before, after] = [1, 1];
    const takeBefore = () => {
      before *= from[i]!;
      group.from.push(i++);
    };
    const takeAfter = () => {
      after *= to[j]!;
      group.to.push(j++);
    };
    if (i < from.length) takeBefore();
    if (j < to.length) takeAfter();
    while (before !== after) before < after ? takeBefore() : takeAfter();
    groups.push(group);
  }
  return groups;
}
