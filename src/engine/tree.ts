/** Named leaves, nested as deep as they need: the shape of every state, input and output. */
export interface Tree<Leaf> {
  readonly [name: string]: Leaf | Tree<Leaf>;
}

/**
 * Whether a node of a tree is a branch: a plain object. Leaves are instances of classes (tensors,
 * values) or primitives.
 */
export function isBranch<Leaf>(node: Leaf | Tree<Leaf>): node is Tree<Leaf> {
  return typeof node === 'object' && node !== null && Object.getPrototypeOf(node) === Object.prototype;
}

/**
 * The same tree with every leaf replaced; `path` is the leaf's name with `/` between the levels.
 */
export function mapTree<A, B>(tree: Tree<A>, change: (leaf: A, path: string) => B, prefix = ''): Tree<B> {
  const mapped: Record<string, B | Tree<B>> = {};
  for (const [name, node] of Object.entries(tree)) {
    const path = prefix + name;
    mapped[name] = isBranch(node) ? mapTree(node, change, `${path}/`) : change(node as A, path);
  }
  return mapped;
}

/** The leaves in order, by their path (`critic/0/kernel`). An empty branch leaves no trace. */
export function flattenTree<Leaf>(tree: Tree<Leaf>): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  mapTree(tree, (leaf, path) => leaves.set(path, leaf));
  return leaves;
}

/**
 * A tree like `like` with each leaf taken from `leaves` by path, so that empty branches and the
 * order survive.
 * @throws RangeError naming the first path that is missing from or unknown to `like`
 */
export function unflattenTree<A, B>(leaves: ReadonlyMap<string, B>, like: Tree<A>): Tree<B> {
  const paths = flattenTree(like);
  for (const path of leaves.keys())
    if (!paths.has(path)) throw new RangeError(`unflatten: unknown leaf ${path}`);
  return mapTree(like, (_, path) => {
    const leaf = leaves.get(path);
    if (leaf === undefined) throw new RangeError(`unflatten: missing leaf ${path}`);
    return leaf;
  });
}

/**
 * Leaves of two trees of the same structure combined in pairs.
 * @throws RangeError naming the first path that only one of them has
 */
export function zipTree<A, B, C>(
  left: Tree<A>,
  right: Tree<B>,
  combine: (a: A, b: B, path: string) => C,
): Tree<C> {
  const others = flattenTree(right);
  const zipped = mapTree(left, (leaf, path) => {
    const other = others.get(path);
    if (other === undefined) throw new RangeError(`zipTree: the second tree lacks ${path}`);
    others.delete(path);
    return combine(leaf, other, path);
  });
  for (const path of others.keys()) throw new RangeError(`zipTree: the first tree lacks ${path}`);
  return zipped;
}
