import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, createReadStream, openSync } from 'node:fs';
import { copyFile, rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { systemCode, withCleanup } from '../base/index.ts';
import { DownloadError } from './errors.ts';
import { httpGet } from './http-get.ts';
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
  /** Ends the download; the next one continues from the bytes received. */
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
 * Gets the file from the first mirror that has it, into `folder`: written beside its place as
 * `.part`, checked by size and SHA-256, then renamed. A `.part` left by an earlier attempt is
 * continued (HTTP Range), or begun again where the server gives the whole file only; an answer that
 * is no part of this file does not touch it. A mirror is an http(s) address, a `file:` address or a
 * folder, and gets up to three attempts, without a pause. A server that falls silent is given up
 * after five minutes.
 * @throws DownloadError naming every address and what was wrong with it; the signal's reason when
 * that ends it; the system's error when the disk fails
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
    // The bytes of an earlier download may be wrong: start from the beginning.
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

/**
 * Appends to `part` what is missing from it, or rewrites it where the server sends only the whole
 * file.
 */
async function transfer(
  file: SourceFile,
  address: string,
  part: string,
  present: number,
  options: DownloadOptions,
): Promise<void> {
  const response = await ask(file, address, present, options.signal);
  // Opened and subscribed to in the same tick as the response: bytes without a reader are lost with
  // the connection.
  const output = openSync(part, response.statusCode === 206 ? 'a' : 'w');
  await withCleanup(
    async () => {
      await receiveBody(file, address, response, (chunk) => appendFileSync(output, chunk), {
        ...options,
        present: response.statusCode === 206 ? present : 0,
      });
    },
    () => closeSync(output),
  );
}

/**
 * Hands over every byte of the answer as it arrives, those before a break of the connection
 * included.
 */
async function receiveBody(
  file: SourceFile,
  address: string,
  response: IncomingMessage,
  write: (chunk: Uint8Array) => void,
  { present, onProgress }: DownloadOptions & { readonly present: number },
): Promise<void> {
  let bytes = present;
  let failure: unknown;
  response.on('data', (chunk: Uint8Array) => {
    if (failure !== undefined) return;
    try {
      if (bytes + chunk.length > file.bytes)
        throw new Failure(`${address}: expected ${file.bytes} bytes, got more`, false);
      write(chunk);
      bytes += chunk.length;
      onProgress?.({ file: file.name, bytes, total: file.bytes });
    } catch (error) {
      failure = error;
      response.destroy();
    }
  });
  await finished(response).catch((cause: unknown) => {
    failure ??= new Failure(`${address}: the connection broke (${reasonOf(cause)})`, true, { cause });
  });
  if (failure !== undefined) throw failure;
  if (bytes < file.bytes)
    throw new Failure(`${address}: expected ${file.bytes} bytes, and it ended after ${bytes}`, true);
}

/**
 * The answer with the bytes from `present` on, or with the whole file where the server does not
 * give that part.
 */
async function ask(
  file: SourceFile,
  address: string,
  present: number,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  // Without this header the server may pack what is packed already, and ranges would count other
  // bytes.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (present > 0) headers.range = `bytes=${present}-`;
  const response = await httpGet(address, { headers, signal }).catch((cause: unknown) => {
    throw new Failure(`${address}: ${reasonOf(cause)}`, true, { cause });
  });
  const status = response.statusCode!;
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers['content-range'] ?? '') ?? [];
  const anotherPart = status === 206 && Number(start ?? -1) !== present;
  if (present > 0 && (status === 416 || anotherPart)) {
    response.destroy();
    return ask(file, address, 0, signal);
  }
  const size = Number((status === 206 ? total : response.headers['content-length']) ?? Number.NaN);
  const problem = problemOf(status, present, size, file.bytes);
  if (problem === undefined) return response;
  response.destroy();
  throw new Failure(`${address}: ${problem}`, status >= 500);
}

/**
 * Why an answer is not for this file; `size` is that of the whole file, NaN where the server does
 * not say.
 */
function problemOf(status: number, present: number, size: number, expected: number): string | undefined {
  if (status !== 200 && !(status === 206 && present > 0)) return `HTTP status ${status}`;
  return Number.isNaN(size) || size === expected
    ? undefined
    : `expected ${expected} bytes, the server has ${size}`;
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
