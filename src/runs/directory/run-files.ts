import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { given, isHeld, parseHolder, wallSeconds } from '../../base/index.ts';
import { configLimit, decodeConfig } from '../configuration/read-text.ts';
import { YamlText } from '../configuration/yaml-text.ts';
import { type AskFiles, askDirectly, FileSystemStalledError, isAbsent } from './file-queue.ts';
import { isLogLine, parseLines } from './parse-lines.ts';
import { closeSoon, openRegular, readRegular } from './regular-file.ts';
import { configName } from './run-directory.ts';

/** A picture that a run has drawn. */
export interface SamplePicture {
  readonly name: string;
  /** What it shows: `samples`, or the word before the number in its name. */
  readonly kind: string;
  /** The step at which it was drawn; null where the file name has none. */
  readonly index: number | null;
  /** Changes when the picture does. */
  readonly version: number;
}

/** What is in a run: `interrupted` where its process is gone and has left no report. */
export type RunState = 'starting' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed' | 'interrupted';

const sampleName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.png$/;
const tailBytes = 16_384;

/** The most bytes of a file of JSON or of a picture that are read. */
const fileLimit = 1 << 26;

/** A file of JSON; undefined where there is none, or where it is none. */
export async function readJson(path: string, ask?: AskFiles): Promise<Record<string, unknown> | undefined> {
  const bytes = await readRegular(path, { limit: fileLimit, ...given({ ask }) });
  if (bytes === undefined) return undefined;
  try {
    const content: unknown = JSON.parse(bytes.toString());
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The config of a run as far as it can be read; undefined where it cannot. */
export async function readYaml(path: string, ask?: AskFiles): Promise<Record<string, unknown> | undefined> {
  const bytes = await readRegular(path, { limit: configLimit, ...given({ ask }) });
  if (bytes === undefined) return undefined;
  try {
    const content = new YamlText(decodeConfig(bytes, path), path).value;
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process that has locked a run directory still lives. */
export async function isLocked(directory: string, ask: AskFiles = askDirectly): Promise<boolean> {
  const file = await openRegular(join(directory, 'lock'), ask);
  if (file === undefined) return false;
  try {
    const { size, mtimeMs } = await ask(() => file.stat());
    const holder = size > fileLimit ? undefined : parseHolder(String(await ask(() => file.readFile())));
    return holder !== undefined && isHeld(holder, wallSeconds() - mtimeMs / 1000);
  } finally {
    closeSoon(file);
  }
}

/** The pictures of a run by step, those of unknown step last. */
export async function listSamples(directory: string, ask: AskFiles = askDirectly): Promise<SamplePicture[]> {
  const folder = join(directory, 'samples');
  // A link may lead out of the run.
  if (!(await kindOf(folder, ask))?.isDirectory()) return [];
  const names = (await namesIn(folder, ask)).filter((name) => sampleName.test(name));
  const samples = await Promise.all(
    names.map(async (name) => {
      const status = await kindOf(join(folder, name), ask);
      return status?.isFile() ? [{ ...parsed(name), version: Math.round(status.mtimeMs) }] : [];
    }),
  );
  return samples.flat().sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity));
}

function parsed(name: string): Omit<SamplePicture, 'version'> {
  const [, word = '', number] = /^(.*?)-?(\d+)?\.png$/.exec(name)!;
  const kind = word === 'step' || word === 'final' || word === '' ? 'samples' : word.replace(/-final$/, '');
  return { name, kind, index: number === undefined ? null : Number(number) };
}

/** The bytes of a picture that `listSamples` names; undefined for anything else. */
export async function readSample(
  directory: string,
  name: string,
  ask?: AskFiles,
): Promise<Uint8Array | undefined> {
  const known = (await listSamples(directory, ask)).some((sample) => sample.name === name);
  if (!known) return undefined;
  return readRegular(join(directory, 'samples', name), { limit: fileLimit, ...given({ ask }) });
}

/** The step of the last whole line of a log, read from its end; -1 where there is none. */
export async function lastStep(path: string, ask: AskFiles = askDirectly): Promise<number> {
  const file = await openRegular(path, ask);
  if (file === undefined) return -1;
  try {
    const { size } = await ask(() => file.stat());
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await ask(() => file.read(Buffer.alloc(tailBytes), 0, tailBytes, from));
    const text = buffer.toString('utf8', 0, buffer.lastIndexOf(10, bytesRead - 1) + 1);
    return parseLines(text).filter(isLogLine).at(-1)?.index ?? -1;
  } finally {
    closeSoon(file);
  }
}

/** The names in a folder; none where there is no such folder. */
export async function namesIn(folder: string, ask: AskFiles = askDirectly): Promise<string[]> {
  try {
    return await ask(() => readdir(folder));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Whether a folder is the directory of a run. */
export async function isRun(directory: string, ask: AskFiles = askDirectly): Promise<boolean> {
  return (await kindOf(join(directory, configName), ask))?.isFile() ?? false;
}

/**
 * When the first of the files that is there was last written, in milliseconds; 0 where there is
 * none.
 */
export async function lastChange(paths: readonly string[], ask: AskFiles = askDirectly): Promise<number> {
  for (const path of paths) {
    const status = await kindOf(path, ask);
    if (status?.isFile()) return status.mtimeMs;
  }
  return 0;
}

/**
 * What a path is, itself and not what a link leads to; undefined where there is nothing, or nothing
 * that can be looked at.
 */
async function kindOf(path: string, ask: AskFiles): Promise<Stats | undefined> {
  try {
    return await ask(() => lstat(path));
  } catch (error) {
    if (error instanceof FileSystemStalledError) throw error;
    return undefined;
  }
}
