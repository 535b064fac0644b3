/** A picture of a board: its name, and what is chosen at the top. */
export interface Shot {
  readonly file: string;
  readonly query: Readonly<Record<string, string>>;
}

/**
 * The run that a board is meant for; all of them where it compares.
 * @param more further runs, for those who change a board
 */
export function shots(board: string, more: boolean): readonly Shot[] {
  const of = (...runs: readonly string[]): Shot[] =>
    runs
      .slice(0, more ? undefined : 1)
      .map((run, index) => ({ file: index === 0 ? board : `${board}-${run}`, query: { run } }));
  switch (board) {
    case 'gan-health':
      return of('flagship', 'conditional', 'grown');
    case 'reinforcement-learning':
      return of('agent', 'table');
    case 'streams':
    case 'runtime':
      return of('flagship');
    default:
      return [{ file: board, query: {} }];
  }
}
