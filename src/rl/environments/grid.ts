/** A move on a grid: rows down, columns to the right. */
export type GridMove = readonly [down: number, right: number];

/** The cell after a move on a grid whose edges stop it; cells are numbered row by row. */
export function moveOn(height: number, width: number, cell: number, [down, right]: GridMove): number {
  const row = Math.min(Math.max(Math.floor(cell / width) + down, 0), height - 1);
  const column = Math.min(Math.max((cell % width) + right, 0), width - 1);
  return row * width + column;
}
