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
    sequence: { shuffle: true },
    pool: 'forks',
    // One for each core; the default leaves one idle while tests wait for a database or a server.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    onConsoleLog(log) {
      throw new Error(`A test wrote to the console: ${log}`);
    },
  },
});
