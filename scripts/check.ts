import { spawn } from 'node:child_process';
import path from 'node:path';

/** `npm run check`: every rule of the house that a machine can check. All of them run; any failure fails. */
const root = path.resolve(import.meta.dirname, '..');
const bin = (name: string): string => path.join(root, 'node_modules', name);

const checks: readonly { name: string; args: readonly string[] }[] = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', '.'] },
  {
    name: 'lint',
    args: [
      bin('eslint/bin/eslint.js'),
      '--max-warnings=0',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint/',
      '.',
    ],
  },
  {
    name: 'layers',
    args: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--output-type',
      'err',
      'app',
      'workers',
      'extensions',
      'sandbox',
      'scripts',
      'tests',
      'bench',
    ],
  },
  { name: 'dead code', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'GraphQL documents', args: ['scripts/check-graphql.ts'] },
  { name: 'migrations', args: ['scripts/check-migrations.ts'] },
];

const failed: string[] = [];
for (const check of checks) {
  const began = Date.now();
  const code = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, check.args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=4096' },
    });
    child.once('exit', (status) => resolve(status ?? 1));
    child.once('error', () => resolve(1));
  });
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${check.name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (code !== 0) failed.push(check.name);
}
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
