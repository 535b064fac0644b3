/**
 * Refuses packing where a head predicts something of each example: a pack has features for all of
 * its examples together.
 * @throws RangeError naming the task
 */
export function requireSingle(name: string, packing: number): void {
  if (packing !== 1)
    throw new RangeError(
      `${name}: packing: expected 1, since a head predicts something of each example, got ${packing}`,
    );
}
