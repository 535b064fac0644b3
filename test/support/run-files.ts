import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The names of the checkpoints in a run directory, oldest first; none before it is there. */
export function checkpointNames(run: string): string[] {
  try {
    return readdirSync(join(run, 'checkpoints'))
      .filter((name) => /^checkpoint-\d+\.safetensors$/.test(name))
      .sort();
  } catch {
    return [];
  }
}

/** SHA-256 of the newest checkpoint. */
export function newestDigest(run: string): string {
  const newest = readFileSync(join(run, 'checkpoints', checkpointNames(run).at(-1)!));
  return createHash('sha256').update(newest).digest('hex');
}

/** The log of a run without what depends on time. */
export function timelessLog(run: string): string {
  return readFileSync(join(run, 'log.jsonl'), 'utf8').replaceAll(/"seconds":[^,]+,/g, '');
}
