import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '#scripts/build.ts';
import { findChromium, findRedisServer, MissingToolError } from '#scripts/testing/find-tools.ts';

/** `npm test`: everything, and one closing line with the sums. A skipped test counts as a failure. */
interface Counts {
  passed: number;
  failed: number;
}

const root = path.resolve(import.meta.dirname, '..');

async function main(): Promise<Counts> {
  const chromium = await findChromium();
  const redis = await findRedisServer();
  await build((step) => console.log(`${step} …`));
  const folder = await mkdtemp(path.join(tmpdir(), 'trellis-results-'));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TEST_CHROMIUM: chromium,
    TEST_REDIS_SERVER: redis,
    NODE_ENV: 'test' as const,
  };
  try {
    const unit = path.join(folder, 'vitest.json');
    const unitCode = await run(
      'node_modules/vitest/vitest.mjs',
      ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unit}`],
      env,
    );
    const browser = path.join(folder, 'playwright.json');
    const browserCode = await run('node_modules/@playwright/test/cli.js', ['test'], {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: browser,
    });
    return sum(await countVitest(unit, unitCode), await countPlaywright(browser, browserCode));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, script), ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function countVitest(file: string, code: number): Promise<Counts> {
  const report = await readJson<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  }>(file);
  if (!report) return { passed: 0, failed: 1 };
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests;
  // A file that could not even be loaded fails the run without failing a test.
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

async function countPlaywright(file: string, code: number): Promise<Counts> {
  const report = await readJson<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(
    file,
  );
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + skipped;
  return { passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed };
}

async function readJson<T>(file: string): Promise<T | null> {
  return readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as T,
    () => null,
  );
}

function sum(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

try {
  const { passed, failed } = await main();
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof MissingToolError ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}
