interface Described {
  readonly dtype: string;
  readonly shape: readonly number[];
}

function describe(leaf: Described | undefined): string {
  return leaf === undefined ? 'nothing' : `${leaf.dtype} [${leaf.shape}]`;
}

/**
 * @throws RangeError naming `what` and the first leaf whose shape or type differ, or that only one
 * side has
 */
export function requireAlike(
  what: string,
  got: ReadonlyMap<string, Described>,
  expected: ReadonlyMap<string, Described>,
): void {
  for (const path of new Set([...expected.keys(), ...got.keys()])) {
    const [theirs, ours] = [describe(got.get(path)), describe(expected.get(path))];
    if (theirs !== ours) throw new RangeError(`${what}: expected ${ours} at state ${path}, got ${theirs}`);
  }
}
