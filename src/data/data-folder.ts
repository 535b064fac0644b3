import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where fetched datasets are kept: the folder named by the environment variable `WEIR_DATA`, else
 * `~/.cache/weir`.
 */
export function dataFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return environment.WEIR_DATA || join(homedir(), '.cache', 'weir');
}
