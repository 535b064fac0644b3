import { createHash } from 'node:crypto';

/**
 * The fingerprint of data that is made by index. `version` counts the changes to the code that
 * makes it: the same constants and seed may give other examples after one.
 */
export function madeFingerprint(name: string, version: number, seed: number, constants: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(constants)).digest('hex').slice(0, 16);
  return `made:${name}/${version}:seed=${seed}:${digest}`;
}

/** The fingerprint of data that is held: SHA-256 over its form, then its bytes. */
export function heldFingerprint(form: unknown, ...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(JSON.stringify(form));
  for (const part of parts) hash.update(part);
  return `sha256:${hash.digest('hex')}`;
}
