/** A matrix by rows. */
export type FilterMatrix = readonly (readonly number[])[];

/** How many outputs are computed together, and with one product more. */
export const outputsOfTile = 4;
export const elementsOfTile = 5;

/**
 * The minimal algorithm F(4, 2): `outputs ((taps g) * (inputs d))` are the four outputs of a filter
 * g with two taps over five inputs d, with five products where eight are the usual. It evaluates
 * polynomials at 0, 1, -1/2, -2 and infinity, at which the error in float32 is only twice that of
 * the usual sum (with 2 instead of -2, or 1 and -1, it is three to four times). Winograd,
 * "Arithmetic Complexity of Computations", SIAM 1980, chapter IV; over pictures it is nested as in
 * Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, equation 8; for
 * the choice of points Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd
 * Convolution for Deep Neural Networks", ACM TOMS 2020.
 */
export const minimalFilter: Readonly<Record<'outputs' | 'taps' | 'inputs', FilterMatrix>> = {
  outputs: [
    [1, 1, 1, 1, 0],
    [0, 1, -1 / 2, -2, 0],
    [0, 1, 1 / 4, 4, 0],
    [0, 1, -1 / 8, -8, 1],
  ],
  taps: [
    [1, 0],
    [8 / 9, 8 / 9],
    [8 / 9, -4 / 9],
    [8 / 9, -16 / 9],
    [0, 1],
  ],
  inputs: [
    [1, 3 / 2, -3 / 2, -1, 0],
    [0, 1 / 4, 5 / 8, 1 / 4, 0],
    [0, -2, 1, 1, 0],
    [0, 1 / 16, 1 / 16, -1 / 8, 0],
    [0, -1, -3 / 2, 3 / 2, 1],
  ],
};

export function transposed(matrix: FilterMatrix): number[][] {
  return matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));
}

/** Tiles above and beside each other that make so many rows and columns. */
export function tilesOver([rows, columns]: readonly [number, number]): readonly [number, number] {
  return [Math.ceil(rows / outputsOfTile), Math.ceil(columns / outputsOfTile)];
}

/**
 * `inputs` applied to each of `count` tiles, which overlap by one; the elements of a tile are
 * apart. Inputs from `places` on are zeros.
 */
export function inputsOfTiles(count: number, places: number): number[][] {
  return minimalFilter.inputs.flatMap((row) =>
    Array.from({ length: count }, (_, tile) =>
      Array.from({ length: places }, (_, place) => row[place - tile * outputsOfTile] ?? 0),
    ),
  );
}

/** `outputs` applied to each of `count` tiles. Outputs from `places` on are left out. */
export function outputsOfTiles(count: number, places: number): number[][] {
  return Array.from({ length: places }, (_, place) => {
    const row = minimalFilter.outputs[place % outputsOfTile]!;
    const own = Math.floor(place / outputsOfTile);
    return row.flatMap((value) => Array.from({ length: count }, (_, tile) => (tile === own ? value : 0)));
  });
}
