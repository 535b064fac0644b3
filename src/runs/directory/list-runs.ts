import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemCode } from '../../base/index.ts';
import { RunDirectoryError } from '../errors.ts';
import { RunCatalog } from './run-catalog.ts';
import { isRun } from './run-files.ts';
import { RunRecord, type RunSummary } from './run-record.ts';

/** A run of a folder. */
export interface ListedRun extends RunSummary {
  /** The absolute path of its directory. */
  readonly path: string;
  /**
   * When its last step was written, in milliseconds since 1970; before the first, when it began.
   */
  readonly changed: number;
}

/**
 * The runs of a folder, that is all run directories in it: the one that was written to last comes
 * first. Takes no lock and writes nothing.
 * @throws RunDirectoryError where the folder is not there or cannot be read
 */
export async function listRuns(folder: string): Promise<readonly ListedRun[]> {
  const whole = resolve(folder);
  const listed: ListedRun[] = [];
  for (const name of await entries(whole)) {
    const path = join(whole, name);
    if (!(await isRun(path))) continue;
    const record = new RunRecord(RunCatalog.idOf(path), name, path);
    const [summary, changed] = await Promise.all([record.summary(), record.changed()]);
    listed.push({ ...summary, path, changed });
  }
  return listed.sort(
    (a, b) => b.changed - a.changed || b.name.localeCompare(a.name, 'en', { numeric: true }),
  );
}

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const message = `folder: expected one that can be read, got ${folder} (${systemCode(cause)})`;
    throw new RunDirectoryError(message, { cause });
  }
}
