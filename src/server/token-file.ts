import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { systemCode } from '../base/index.ts';
import { TokenFileError } from './errors.ts';

/** 32 bytes in base64. */
const shortest = 43;

/**
 * The secret that authorises control of a run. It is read from a file and never appears in a URL, a
 * log or an error.
 */
export class Token {
  readonly #digest: Buffer;

  constructor(secret: string) {
    this.#digest = digest(secret);
  }

  /** Whether an Authorization header carries it. Takes as long for a near miss as for any other. */
  matches(authorization: string | undefined): boolean {
    const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
    return timingSafeEqual(digest(given ?? ''), this.#digest) && given !== undefined;
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/**
 * The token in a file; where there is no file, one is made with 32 random bytes that its owner
 * alone can read.
 * @throws TokenFileError for a file that others can read, that is none, or whose secret is shorter
 * than 32 bytes in base64
 */
export function tokenFrom(path: string): Token {
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST')
      throw refused(path, `cannot be written (${systemCode(error)})`, error);
  }
  const status = lstatSync(path);
  if (!status.isFile()) throw refused(path, 'is not a regular file');
  const mode = status.mode & 0o777;
  if ((mode & 0o077) !== 0) throw refused(path, `has mode 0${mode.toString(8)}`);
  const secret = read(path).trim();
  if (secret.length < shortest) throw refused(path, `holds ${secret.length} characters`);
  return new Token(secret);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw refused(path, `cannot be read (${systemCode(error)})`, error);
  }
}

function refused(path: string, why: string, cause?: unknown): TokenFileError {
  const rule = `a file of mode 0600 with at least ${shortest} characters of secret`;
  return new TokenFileError(`token: expected ${rule}, got ${path}, which ${why}`, { cause });
}
