import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from '#scripts/build.ts';
import { findChromium, findPhp, findRedisServer, MissingToolError } from '#scripts/testing/find-tools.ts';
import { guardedFolder } from '#scripts/testing/guarded-folder.ts';

/** `npm test`: everything, and one closing line with the sums. A skipped test counts as a failure. */
interface Counts {
  passed: number;
  failed: number;
}

const root = path.resolve(import.meta.dirname, '..');
const runnerPid = 'runner.pid';

async function main(): Promise<Counts> {
  const chromium = await findChromium();
  const redis = await findRedisServer();
  const php = findPhp();
  await build((step) => console.log(`${step} …`));
  const folder = await guardedFolder('results', runnerPid);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TEST_CHROMIUM: chromium,
    TEST_REDIS_SERVER: redis,
    TEST_PHP: php,
    NODE_ENV: 'test' as const,
  };
  try {
    const unit = path.join(folder.path, 'vitest.json');
    const unitCode = await run(
      folder.path,
      'node_modules/vitest/vitest.mjs',
      ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unit}`],
      env,
    );
    const unitReport = await readJson<VitestReport>(unit);
    const browser = path.join(folder.path, 'playwright.json');
    const browserCode = await run(folder.path, 'node_modules/@playwright/test/cli.js', ['test'], {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: browser,
    });
    // Said again at the end: the journeys have printed pages since.
    for (const line of vitestFailures(unitReport)) console.log(line);
    return sum(countVitest(unitReport, unitCode), await countPlaywright(browser, browserCode));
  } finally {
    await folder.remove();
  }
}

async function run(folder: string, script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [path.join(root, script), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [[code]] = await Promise.all([
    once(child, 'exit') as Promise<[number | null]>,
    // Whoever kills this command ends the runner too.
    writeFile(path.join(folder, runnerPid), String(child.pid)),
  ]);
  return code ?? 1;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function countVitest(report: VitestReport | null, code: number): Counts {
  if (!report) return { passed: 0, failed: 1 };
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests;
  // A file that could not even be loaded fails the run without failing a test.
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** What did not pass, each with its file and the beginning of why. */
function vitestFailures(report: VitestReport | null): string[] {
  const ofFile = ({ name, status, message, assertionResults }: VitestReport['testResults'][number]): string[] => {
    const file = path.relative(root, name);
    const tests = assertionResults.filter((one) => one.status !== 'passed');
    if (tests.length === 0) return status === 'passed' ? [] : [failure(file, 'could not be run', message)];
    return tests.map((one) => failure(file, one.fullName, one.failureMessages.join('\n')));
  };
  return report?.testResults.flatMap(ofFile) ?? ['FAILED  Vitest ended without a report'];
}

const failure = (file: string, title: string, why: string): string =>
  `\nFAILED  ${file} › ${title}\n${why.slice(0, 1_500)}`;

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
