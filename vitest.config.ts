import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^weir-streams\/(.+)$/, replacement: source('$1/index.ts') },
      { find: /^weir-streams$/, replacement: source('index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**', 'test/learning/**'],
    globalSetup: 'test/support/clean-folder.ts',
    pool: 'forks',
    maxWorkers: 2,
    // Importing the modules anew for each file would take twice as long as the tests themselves.
    isolate: false,
    // Limits that only tell a hang: a loaded machine takes many times as long as a quiet one.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 300_000 } },
  },
});
