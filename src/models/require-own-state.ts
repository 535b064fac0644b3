/** @throws RangeError when a saved state is of another system (or method), or of another seed */
export function requireOwnState(
  state: { readonly system: string; readonly seed: number },
  name: string,
  seed: number,
): void {
  if (state.system !== name)
    throw new RangeError(`restore: expected a state of ${name}, got one of ${state.system}`);
  if (state.seed !== seed) throw new RangeError(`restore: expected seed ${seed}, got ${state.seed}`);
}
