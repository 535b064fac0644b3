import { dashboard } from './board.ts';
import { boards } from './boards.ts';

/** Every file that is made from this folder: its path below the root of the repository, and its text. */
export function generated(): ReadonlyMap<string, string> {
  return new Map(
    boards.map((board) => [
      `dashboards/boards/${board.name}.json`,
      `${JSON.stringify(dashboard(board), null, 2)}\n`,
    ]),
  );
}
