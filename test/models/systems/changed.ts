import { flattenTree, type Tree, type Value } from '../../../src/engine/index.ts';

/** The paths of the leaves that differ. */
export function changed(before: Tree<Value>, after: Tree<Value>): string[] {
  const others = flattenTree(after);
  return [...flattenTree(before)]
    .filter(([path, { data }]) => data.some((x, i) => x !== others.get(path)!.data[i]))
    .map(([path]) => path);
}
