/**
 * The cheapest one-to-one assignment of n rows to n columns: the column of each row. Shortest
 * augmenting paths with potentials, n^3 steps: Jonker and Volgenant, A Shortest Augmenting Path
 * Algorithm (1987).
 * @param costs [n, n], row-major and finite
 */
export function assignment(costs: Float64Array, n: number): Int32Array {
  const [u, v] = [new Float64Array(n), new Float64Array(n + 1)];
  /** The row that each column belongs to; column n is where the search begins. */
  const owner = new Int32Array(n + 1).fill(-1);
  for (let row = 0; row < n; row++) {
    owner[n] = row;
    const way = search(costs, n, { u, v, owner });
    // Turns the path round: every column on it goes to the row before.
    for (let column = way.end; column !== n; column = way.from[column]!)
      owner[column] = owner[way.from[column]!]!;
  }
  const columns = new Int32Array(n);
  for (let column = 0; column < n; column++) columns[owner[column]!] = column;
  return columns;
}

interface Duals {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly owner: Int32Array;
}

/**
 * Grows a tree of cheapest paths from column n until it meets a free column, and moves the
 * potentials along.
 */
function search(costs: Float64Array, n: number, { u, v, owner }: Duals) {
  const least = new Float64Array(n).fill(Infinity);
  const from = new Int32Array(n).fill(n);
  const visited = new Uint8Array(n + 1);
  let column = n;
  while (owner[column] !== -1) {
    visited[column] = 1;
    const row = owner[column]!;
    let [step, next] = [Infinity, -1];
    for (let j = 0; j < n; j++) {
      if (visited[j]) continue;
      const reduced = costs[row * n + j]! - u[row]! - v[j]!;
      if (reduced < least[j]!) {
        least[j] = reduced;
        from[j] = column;
      }
      if (least[j]! < step) [step, next] = [least[j]!, j];
    }
    for (let j = 0; j <= n; j++) {
      if (visited[j]) {
        u[owner[j]!]! += step;
        v[j]! -= step;
      } else least[j]! -= step;
    }
    column = next;
  }
  return { end: column, from };
}
