import { matrixOf, type Rows } from './rows.ts';

/**
 * Probabilities of logits, row by row: [count, classes] in double precision. @throws RangeError for
 * logits that are not finite
 */
export function softmaxRows(logits: Rows): Rows {
  const { count, width, data } = matrixOf('softmax', logits);
  for (let i = 0; i < data.length; i += width) {
    const row = data.subarray(i, i + width);
    const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
    let sum = 0;
    for (let c = 0; c < width; c++) {
      row[c] = Math.exp(row[c]! - largest);
      sum += row[c]!;
    }
    for (let c = 0; c < width; c++) row[c]! /= sum;
  }
  return { shape: [count, width], data };
}
