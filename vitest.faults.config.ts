import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The slow proofs: killed processes, full disks. One file at a time, since they are about time. */
export default defineConfig({
  resolve: base.resolve!,
  test: {
    include: ['test/faults/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    expect: { poll: { timeout: 300_000 } },
  },
});
