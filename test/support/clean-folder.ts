import { readdirSync } from 'node:fs';

/** What tools leave in the working directory; tests leave nothing. */
const known = new Set(['node_modules', 'dist', 'coverage']);
const before = new Set<string>();

/** Notes what is in the working directory before the tests. */
export function setup(): void {
  for (const name of readdirSync('.')) before.add(name);
}

/**
 * Ends the run of tests with an error where they left files or folders in the working directory.
 */
export function teardown(): void {
  const left = readdirSync('.').filter((name) => !before.has(name) && !known.has(name));
  if (left.length === 0) return;
  // An error here is shown, and leaves the exit code as it is.
  process.exitCode = 1;
  throw new Error(`tests left in the working directory: ${left.join(', ')}`);
}
