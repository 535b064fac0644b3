import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../base/index.ts';

/**
 * The path of the first of the names that the folder holds, as it is or gzipped (`.gz`); undefined
 * without one.
 */
export async function findFile(folder: string, names: readonly string[]): Promise<string | undefined> {
  const present = new Set(await namesIn(folder));
  const name = names.flatMap((plain) => [plain, `${plain}.gz`]).find((candidate) => present.has(candidate));
  return name === undefined ? undefined : join(folder, name);
}

/** The names in a folder in no certain order; none where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
