/**
 * Rows of action values in one typed array: the values of state s are `values[s * actions]` to
 * `values[s * actions + actions - 1]`. Of equal values the first counts, as in numpy's argmax.
 */
export type ActionValueRows = Float32Array;

/** The action with the largest value in the row that begins at `from`. */
export function bestAction(values: ActionValueRows, from: number, actions: number): number {
  let best = 0;
  let most = values[from]!;
  for (let action = 1; action < actions; action++) {
    const value = values[from + action]!;
    if (value > most) {
      most = value;
      best = action;
    }
  }
  return best;
}

/** The largest value in the row that begins at `from`. */
export function bestValue(values: ActionValueRows, from: number, actions: number): number {
  let most = values[from]!;
  for (let action = 1; action < actions; action++) {
    const value = values[from + action]!;
    if (value > most) most = value;
  }
  return most;
}
