/**
 * Where the taxi is, where the passenger (a stand, or 4 in the taxi), and where he wants to go (a
 * stand).
 */
export interface Fare {
  readonly row: number;
  readonly column: number;
  readonly passenger: number;
  readonly destination: number;
}

const side = 5;

/** The cells of the four stands: red, green, yellow, blue. */
export const stands: readonly (readonly [row: number, column: number])[] = [
  [0, 0],
  [0, 4],
  [4, 0],
  [4, 3],
];

/** Whether there is a wall to the right of column 0 to 3, by row. */
export const walls: readonly (readonly boolean[])[] = [
  [false, true, false, false],
  [false, true, false, false],
  [false, false, false, false],
  [true, false, true, false],
  [true, false, true, false],
];

/** The number of a fare, from 0 to 499. */
export function fareNumber({ row, column, passenger, destination }: Fare): number {
  return ((row * side + column) * 5 + passenger) * 4 + destination;
}

/** The fare of a number. */
export function fareOf(number: number): Fare {
  const cell = Math.floor(number / 20);
  const passenger = Math.floor(number / 4) % 5;
  return { row: Math.floor(cell / side), column: cell % side, passenger, destination: number % 4 };
}
