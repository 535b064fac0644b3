import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../base/index.ts';
import { type Checkpoint, CheckpointCorruptError, decode, writeCheckpoint } from '../../checkpoint/index.ts';
import { type Evaluated, type ScoreName, scoreTable } from '../../evaluation/index.ts';
import type { RunDirectory } from './run-directory.ts';

/** Where the best checkpoint of a run is kept. */
export function bestCheckpoint(directory: RunDirectory): string {
  return join(directory.checkpoints, 'best.safetensors');
}

/** Whether a run keeps one. */
export function hasBestCheckpoint(directory: RunDirectory): boolean {
  return existsSync(bestCheckpoint(directory));
}

/**
 * Writes the best checkpoint of a run. Its score is in the file itself, under `best`: a process
 * that is killed right after the write leaves no other record.
 * @throws CheckpointWriteError
 */
export async function writeBest(
  directory: RunDirectory,
  { tensors, state }: Checkpoint,
  score: ScoreName,
  { index, seconds, values }: Evaluated,
): Promise<void> {
  const best = { score, better: scoreTable[score].better, value: values[score]!, step: index, seconds };
  await writeCheckpoint(bestCheckpoint(directory), {
    tensors,
    state: { ...state, scores: { ...values }, best },
  });
}

/**
 * The evaluation by which the best checkpoint of a run is kept; undefined where there is none, or
 * one that is damaged or was kept by another score.
 * @throws CheckpointForeignError, and what reading throws
 */
export async function readBest(directory: RunDirectory, score: ScoreName): Promise<Evaluated | undefined> {
  const path = bestCheckpoint(directory);
  try {
    const { best, scores } = decode(await readFile(path), path).state as Partial<Kept>;
    if (best?.score !== score || scores?.[score] !== best.value) return undefined;
    return { index: best.step, seconds: best.seconds, values: scores };
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof CheckpointCorruptError) return undefined;
    throw error;
  }
}

interface Kept {
  readonly scores: Readonly<Record<string, number>>;
  readonly best: {
    readonly score: ScoreName;
    readonly value: number;
    readonly step: number;
    readonly seconds: number;
  };
}
