import { wholeNumber } from '../base/index.ts';
import type { OnProgress } from './pairwise.ts';
import { type Matrix, rowsFrom } from './rows.ts';

/** Some rows of one side beside some of the other. */
export interface Block {
  readonly a: Matrix;
  readonly b: Matrix;
  /** The number of the first row of `a`. */
  readonly row: number;
  /** The number of the first row of `b`. */
  readonly column: number;
}

/**
 * All pairs of rows, block by block, so that memory is bounded by the square of `size` whatever the
 * number of rows.
 * @param size rows of a block on each side
 */
export async function eachBlock(
  a: Matrix,
  b: Matrix,
  visit: (block: Block) => void | Promise<void>,
  { size = 1024, onProgress }: { readonly size?: number; readonly onProgress?: OnProgress | undefined } = {},
): Promise<void> {
  wholeNumber('block', size, 1);
  const total = Math.ceil(a.count / size) * Math.ceil(b.count / size);
  let done = 0;
  for (let row = 0; row < a.count; row += size)
    for (let column = 0; column < b.count; column += size) {
      await visit({ a: rowsFrom(a, row, row + size), b: rowsFrom(b, column, column + size), row, column });
      onProgress?.(++done, total);
    }
}
