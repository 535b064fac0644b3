import { extname } from 'node:path';
import { show } from '../base/index.ts';

/**
 * The ending of a file that a command is to write, in small letters.
 * @param endings what the command can write, such as `.png`
 * @param option that names the file, for the message
 * @throws RangeError for any other, so that no file holds what its name denies
 */
export function endingOf<const Ending extends string>(
  path: string,
  endings: readonly Ending[],
  option = '--out',
): Ending {
  const found = endings.find((ending) => ending === extname(path).toLowerCase());
  if (found !== undefined) return found;
  throw new RangeError(
    `${option}: expected a file whose name ends in ${endings.join(' or ')}, got ${show(path)}`,
  );
}
