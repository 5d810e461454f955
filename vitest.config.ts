import { availableParallelism } from 'node:os';
import { SlowFilesFirst } from './tests/setup/slow-files-first.ts';
import { treeSeed } from './tests/setup/tree-seed.ts';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'app/**/*.test.ts',
      'extensions/**/*.test.ts',
      'sandbox/**/*.test.ts',
      'scripts/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', 'tests/e2e/**'],
    globalSetup: ['tests/setup/global-setup.ts'],
    setupFiles: ['tests/setup/properties.ts'],
    sequence: { shuffle: true, seed: treeSeed(), sequencer: SlowFilesFirst },
    pool: 'forks',
    // What the app keeps, it keeps in services that each test makes for itself: a process serves many files, which saves
    // loading the app for each of them.
    isolate: false,
    // One more than cores: a fifth of the time a test waits for a database, a server or a process that it started.
    maxWorkers: availableParallelism() + 1,
    // Far beyond what any takes: many share two cores, and a machine may be slow for a minute.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    onConsoleLog(log) {
      throw new Error(`A test wrote to the console: ${log}`);
    },
  },
});
