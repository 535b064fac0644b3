import { reshapeNode, transpose } from '../build.ts';
import type { Graph, Node } from '../graph.ts';
import { rewrite } from './rewrite.ts';

/**
 * Splits a transposition that onnxruntime executes element by element into two. It is fast where
 * one axis changes its place; three axes (or groups of neighbours, as in a filter from HWIO to
 * OIHW) in reverse order take five times as long.
 */
export function splitTranspositions(graph: Graph): Graph {
  return rewrite(graph, [(node) => (node.op === 'Transpose' ? split(node) : undefined)]);
}

function split({ inputs: [x], attributes, shape }: Node): Node | undefined {
  const groups = together(attributes.permutation as number[], x!.shape);
  if (groups.length !== 3 || !groups.every(({ from }, i) => i === 0 || from < groups[i - 1]!.from))
    return undefined;
  const [c, b, a] = groups.map(({ size }) => size) as [number, number, number];
  const apart = reshapeNode(x!, [a, b, c]);
  const turned =
    c < enough
      ? transpose(reshapeNode(transpose(apart, [0, 2, 1]), [a, c * b]), [1, 0])
      : transpose(reshapeNode(transpose(apart, [1, 0, 2]), [b * a, c]), [1, 0]);
  return reshapeNode(turned, shape);
}

/** From so many contiguous elements on, one transposition is faster. */
const enough = 32;

/**
 * Axes of the result that are neighbours before and after, as one; axes of size 1 belong anywhere.
 */
function together(
  permutation: readonly number[],
  shape: readonly number[],
): { from: number; size: number }[] {
  const groups: { from: number; last: number; size: number }[] = [];
  const long = permutation.filter((axis) => shape[axis] !== 1);
  const rank = new Map(long.toSorted((a, b) => a - b).map((axis, i) => [axis, i]));
  for (const axis of long) {
    const [place, group] = [rank.get(axis)!, groups.at(-1)];
    if (group !== undefined && place === group.last + 1) {
      group.last = place;
      group.size *= shape[axis]!;
    } else groups.push({ from: place, last: place, size: shape[axis]! });
  }
  return groups;
}
