import { lstat, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isHeld, parseHolder, systemCode, wallSeconds } from '../../base/index.ts';
import { isLogLine, parseLines } from '../series/parse-lines.ts';

/** A picture that a run has drawn. */
export interface Sample {
  readonly name: string;
  /** What it shows: `samples`, or the word before the number in its name. */
  readonly kind: string;
  /** The turn it was drawn at; null where its name does not say. */
  readonly index: number | null;
  /** Changes when the picture does. */
  readonly version: number;
}

/** What is in a run: `interrupted` where its process is gone and has left no report. */
export type RunState = 'starting' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed' | 'interrupted';

const sampleName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.png$/;
const tailBytes = 16_384;

/** A file of JSON; undefined where there is none, or where it is none. */
export async function readJson(path: string): Promise<Record<string, unknown> | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || isAbsent(error)) return undefined;
    throw error;
  }
}

/** Whether the process that has locked a run directory still lives. */
export async function isLocked(directory: string): Promise<boolean> {
  const path = join(directory, 'lock');
  try {
    const holder = parseHolder(await readFile(path, 'utf8'));
    return holder !== undefined && isHeld(holder, wallSeconds() - (await lstat(path)).mtimeMs / 1000);
  } catch {
    return false;
  }
}

/** The pictures of a run by turn, those of unknown turn last. */
export async function listSamples(directory: string): Promise<Sample[]> {
  const folder = join(directory, 'samples');
  const names = (await namesIn(folder)).filter((name) => sampleName.test(name));
  const samples = await Promise.all(
    names.map(async (name) => {
      const status = await lstat(join(folder, name)).catch(() => undefined);
      return status?.isFile() ? [{ ...parsed(name), version: Math.round(status.mtimeMs) }] : [];
    }),
  );
  return samples.flat().sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity));
}

function parsed(name: string): Omit<Sample, 'version'> {
  const [, word = '', number] = /^(.*?)-?(\d+)?\.png$/.exec(name)!;
  const kind = word === 'step' || word === 'final' || word === '' ? 'samples' : word.replace(/-final$/, '');
  return { name, kind, index: number === undefined ? null : Number(number) };
}

/** The bytes of a picture that `listSamples` names; undefined for anything else. */
export async function readSample(directory: string, name: string): Promise<Uint8Array | undefined> {
  const known = (await listSamples(directory)).some((sample) => sample.name === name);
  return known ? readFile(join(directory, 'samples', name)) : undefined;
}

/** The turn of the last whole line of a log, read from its end; -1 where there is none. */
export async function lastTurn(path: string): Promise<number> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const from = Math.max(0, size - tailBytes);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(tailBytes), 0, tailBytes, from);
      const text = buffer.toString('utf8', 0, buffer.lastIndexOf(10, bytesRead - 1) + 1);
      return parseLines(text).filter(isLogLine).at(-1)?.index ?? -1;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isAbsent(error)) return -1;
    throw error;
  }
}

/** The names in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
}
