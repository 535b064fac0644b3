import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Puts back what `@tensorflow/tfjs-node` 4.22 calls in `node:util` and Node.js 23 removed. Without
 * it, the first tensor throws `isNullOrUndefined is not a function`.
 */
export function mendNodeUtil(util: Record<string, unknown> = require('node:util')): void {
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
