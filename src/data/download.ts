import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { systemCode } from '../base/index.ts';
import { DownloadError } from './errors.ts';
import type { SourceFile } from './sources.ts';

/** How far a download is. */
export interface DownloadProgress {
  readonly file: string;
  /** Bytes on the disk so far, those of an earlier attempt included. */
  readonly bytes: number;
  readonly total: number;
}

export interface DownloadOptions {
  /** Called after every piece that arrives; thin it out before showing it. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Ends the download; what has arrived stays for the next time. */
  readonly signal?: AbortSignal | undefined;
}

const attemptsPerMirror = 3;

/** Why one attempt came to nothing, and whether another at the same address may do better. */
class Failure extends Error {
  readonly again: boolean;

  constructor(message: string, again: boolean, options?: ErrorOptions) {
    super(message, options);
    this.again = again;
  }
}

/**
 * Gets the file from the first mirror that has it, into `folder`: written beside its place as `.part`, checked
 * by size and SHA-256, then renamed. A `.part` left by an earlier attempt is continued (HTTP Range), or begun
 * again where the server will not. A mirror is an http(s) address, a `file:` address or a folder, and gets up
 * to three attempts, without a pause. A server that falls silent is given up by Node.js, after five minutes.
 * @throws DownloadError naming every address and what was wrong with it; the signal's reason when that ends it;
 * the system's error when the disk fails
 */
export async function download(
  file: SourceFile,
  mirrors: readonly string[],
  folder: string,
  options: DownloadOptions = {},
): Promise<void> {
  const target = join(folder, file.name);
  const failures: Failure[] = [];
  for (const mirror of mirrors) {
    for (let attempt = 1; attempt <= attemptsPerMirror; attempt++) {
      options.signal?.throwIfAborted();
      try {
        await receive(file, mirror, `${target}.part`, options);
        return await rename(`${target}.part`, target);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!(error instanceof Failure)) throw error;
        failures.push(error);
        if (!error.again) break;
      }
    }
  }
  const reasons = [...new Set(failures.map(({ message }) => `\n  ${message}`))].join('');
  throw new DownloadError(`${file.name}: no mirror gave the file:${reasons}`, { cause: failures.at(-1) });
}

/** Brings `part` to the whole, checked file. */
async function receive(
  file: SourceFile,
  mirror: string,
  part: string,
  options: DownloadOptions,
): Promise<void> {
  const remote = /^https?:/i.test(mirror);
  const address = remote ? `${mirror.replace(/\/+$/, '')}/${file.name}` : join(localPath(mirror), file.name);
  const present = remote ? await sizeOf(part) : 0;
  if (!remote) await copy(address, part);
  else if (present < file.bytes) await transfer(file, address, part, present, options);
  const problem = await check(file, part);
  if (problem !== undefined) {
    await rm(part, { force: true });
    // What was there before may be what is wrong, and then a fresh start helps.
    throw new Failure(`${address}: ${problem}`, present > 0);
  }
  options.onProgress?.({ file: file.name, bytes: file.bytes, total: file.bytes });
}

/** What is wrong with the file at `path`; undefined when nothing is. */
export async function check(file: SourceFile, path: string): Promise<string | undefined> {
  const size = await sizeOf(path);
  if (size !== file.bytes) return `expected ${file.bytes} bytes, got ${size}`;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const sum = hash.digest('hex');
  return sum === file.sha256 ? undefined : `expected SHA-256 ${file.sha256}, got ${sum}`;
}

/** Appends to `part` what is missing from it. */
async function transfer(
  file: SourceFile,
  address: string,
  part: string,
  present: number,
  { onProgress, signal }: DownloadOptions,
): Promise<void> {
  const response = await ask(address, present, signal);
  const continued = response.status === 206;
  if (continued && !response.headers.get('content-range')?.startsWith(`bytes ${present}-`)) {
    await response.body?.cancel();
    await rm(part, { force: true });
    throw new Failure(
      `${address}: asked for bytes from ${present}, got ${response.headers.get('content-range')}`,
      true,
    );
  }
  const output = await open(part, continued ? 'a' : 'w');
  try {
    let bytes = continued ? present : 0;
    for await (const chunk of body(response, address)) {
      bytes += chunk.length;
      if (bytes > file.bytes) throw new Failure(`${address}: expected ${file.bytes} bytes, got more`, false);
      await output.appendFile(chunk);
      onProgress?.({ file: file.name, bytes, total: file.bytes });
    }
    if (bytes < file.bytes)
      throw new Failure(`${address}: expected ${file.bytes} bytes, and it ended after ${bytes}`, true);
  } finally {
    await output.close();
  }
}

async function ask(address: string, present: number, signal: AbortSignal | undefined): Promise<Response> {
  // Without this header the server may pack what is packed already, and ranges would count other bytes.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (present > 0) headers.range = `bytes=${present}-`;
  const response = await fetch(address, { headers, signal: signal ?? null }).catch((cause: unknown) => {
    throw new Failure(`${address}: ${reasonOf(cause)}`, true, { cause });
  });
  if (response.status === 200 || (response.status === 206 && present > 0)) return response;
  await response.body?.cancel();
  throw new Failure(`${address}: HTTP status ${response.status}`, response.status >= 500);
}

/** The pieces of the answer, with a failing connection told apart from a failing disk. */
async function* body(response: Response, address: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response.body ?? []) yield chunk as Uint8Array;
  } catch (cause) {
    throw new Failure(`${address}: the connection broke (${reasonOf(cause)})`, true, { cause });
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return systemCode(cause) ?? String(cause);
}

async function copy(from: string, to: string): Promise<void> {
  await stat(from).catch((cause: unknown) => {
    throw new Failure(`${from}: no such file`, false, { cause });
  });
  await copyFile(from, to);
}

function localPath(mirror: string): string {
  return mirror.startsWith('file:') ? fileURLToPath(mirror) : mirror;
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
