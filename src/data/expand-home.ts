import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The path with a leading `~` or `~/` replaced by the home directory: a shell leaves it alone
 * inside `folder:~/photos`.
 */
export function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}
