import { existsSync } from 'node:fs';
import { join } from 'node:path';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');

/**
 * The path of real data kept beside the repository; undefined where there is none, and then its
 * tests are skipped.
 */
export function realData(...path: string[]): string | undefined {
  const found = join(shared, ...path);
  return existsSync(found) ? found : undefined;
}
