import { wholeNumber } from '../base/index.ts';
import { fold, type Key, permutation, type Value } from '../engine/index.ts';

/** Indices by class, in ascending order. */
function byClass(labels: ArrayLike<number>): Map<number, number[]> {
  const members = new Map<number, number[]>();
  Array.from(labels).forEach((label, index) => {
    const of = members.get(label) ?? [];
    members.set(label, of);
    of.push(index);
  });
  return new Map([...members].sort(([a], [b]) => a - b));
}

function checkedMembers(name: string, labels: ArrayLike<number>, perClass: number): Map<number, number[]> {
  wholeNumber(`${name}: perClass`, perClass, 1);
  const members = byClass(labels);
  for (const [label, indices] of members) {
    if (indices.length < perClass)
      throw new RangeError(
        `${name}: perClass: expected at most the ${indices.length} examples of class ${label}, got ${perClass}`,
      );
  }
  return members;
}

/**
 * The same number of examples of every class, at random: indices by class. @throws RangeError when
 * a class has too few
 */
export function randomLabels(labels: ArrayLike<number>, perClass: number, key: Key): number[] {
  return [...checkedMembers('randomLabels', labels, perClass)].flatMap(([label, indices]) =>
    Array.from(permutation(fold(key, label), indices.length).subarray(0, perClass), (at) => indices[at]!),
  );
}

/**
 * The representative examples of every class: the members nearest to the centres of `perClass`
 * clusters (k-means on the raw numbers, 20 rounds, from random members). Which examples get labels
 * matters as much as how many, as the code of Salimans et al., https://arxiv.org/abs/1606.03498,
 * shows with sets of labels to choose from.
 * @param examples [count, ...shape]
 * @throws RangeError when a class has too few examples
 */
export function medoidLabels(
  examples: Value,
  labels: ArrayLike<number>,
  perClass: number,
  key: Key,
): number[] {
  const width = examples.data.length / (examples.shape[0] || 1);
  const row = (index: number) => examples.data.subarray(index * width, (index + 1) * width) as Float32Array;
  return [...checkedMembers('medoidLabels', labels, perClass)].flatMap(([label, indices]) => {
    const first = permutation(fold(key, label), indices.length).subarray(0, perClass);
    let centres: Float32Array[] = Array.from(first, (at) => row(indices[at]!).slice());
    for (let round = 0; round < 20; round++) centres = moved(centres, indices, row, width);
    const taken = new Set<number>();
    for (const centre of centres) {
      const free = indices.filter((index) => !taken.has(index));
      taken.add(free.reduce((a, b) => (distance(row(a), centre) <= distance(row(b), centre) ? a : b)));
    }
    return [...taken];
  });
}

/** Every centre at the mean of the members that are nearest to it; one without any stays. */
function moved(
  centres: readonly Float32Array[],
  indices: readonly number[],
  row: (index: number) => Float32Array,
  width: number,
): Float32Array[] {
  const sums = centres.map(() => ({ sum: new Float64Array(width), count: 0 }));
  for (const index of indices) {
    const x = row(index);
    const distances = centres.map((centre) => distance(x, centre));
    const nearest = sums[distances.indexOf(Math.min(...distances))]!;
    nearest.count++;
    x.forEach((value, i) => {
      nearest.sum[i]! += value;
    });
  }
  return sums.map(({ sum, count }, i) =>
    count === 0 ? centres[i]! : Float32Array.from(sum, (value) => value / count),
  );
}

function distance(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, i) => sum + (value - right[i]!) ** 2, 0);
}
