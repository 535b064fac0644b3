import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode, WeirError, writeWhole } from '../base/index.ts';

/** A file of an export could not be written; the cause says why. */
export class ExportWriteError extends WeirError {
  readonly code = 'EXPORT_WRITE';
  readonly kind = 'input';
}

/**
 * Writes a file of an export in whole or not at all; its folders are made, and a file of that name
 * is replaced. @throws ExportWriteError
 */
export function writeExport(path: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, content);
  } catch (cause) {
    const why = systemCode(cause) ?? String(cause);
    throw new ExportWriteError(`export: expected a file that can be written, got ${path} (${why})`, {
      cause,
    });
  }
}
