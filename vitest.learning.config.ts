import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The proofs that something is learned: minutes of training each, one at a time. */
export default defineConfig({
  resolve: base.resolve!,
  test: {
    include: ['test/learning/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
  },
});
