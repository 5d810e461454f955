// The first step of every command. Plain JavaScript for any Node from 20.19 on: it installs what is missing,
// generates the database client and hands over to the Node that the project pins.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`Trellis needs Node 20.19 or newer to start; this is ${process.versions.node}.`);
}
const [target, ...args] = process.argv.slice(2);
if (!target) stop('Usage: node scripts/bootstrap.mjs SCRIPT [arguments]');

installWhatIsMissing();
generateDatabaseClient();
const pinned = path.join(root, 'node_modules/node/bin/node');
const node = existsSync(pinned)
  ? pinned
  : existsSync(`${pinned}.exe`)
    ? `${pinned}.exe`
    : stop('The pinned Node is missing: remove node_modules and try again.');
// The script gets our terminal, our signals and our place: nothing stays between the person and it.
const binaries = path.join(root, 'node_modules/.bin');
const env = {
  ...process.env,
  PATH: `${binaries}${path.delimiter}${process.env.PATH ?? ''}`,
  // Types are stripped and code is compiled once, not by every process and thread anew.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(root, 'node_modules/.cache/node-compile'),
};
if (process.execve && major >= 24) {
  process.execve(node, [node, target, ...args], env);
}
const { spawn } = await import('node:child_process');
const child = spawn(node, [target, ...args], { stdio: 'inherit', env });
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm runs us in a shell that dies of a SIGTERM without handing it on: end with that shell.
const shell = process.ppid;
if (process.env.npm_lifecycle_event)
  setInterval(() => {
    if (process.ppid !== shell) child.kill('SIGTERM');
  }, 500).unref();
// A terminal sends Ctrl-C to the whole group: the child has it already and decides when to end.
process.on('SIGINT', () => undefined);
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));

function installWhatIsMissing() {
  const stamp = digest(['package.json', 'package-lock.json']);
  const marker = 'node_modules/.trellis-installed';
  if (existsSync(marker) && readFileSync(marker, 'utf8') === stamp) return;
  console.log('Installing packages (once; a minute or two) …');
  const env = {
    ...process.env,
    REDISMS_DISABLE_POSTINSTALL: '1',
    PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
    NODE_ENV: 'development',
  };
  // Not `npm ci`: it refuses the whole lock file when a registry lacks one optional package of another platform.
  // `--no-save` keeps to the lock file and leaves it as it is.
  const result = spawnSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env,
      shell: process.platform === 'win32',
    },
  );
  if (result.status !== 0)
    stop(
      'The packages could not be installed: the reason stands above. Check the network and the free disk space, then run the command again.',
    );
  writeFileSync(marker, stamp);
}

function generateDatabaseClient() {
  const schema = readdirSync('prisma/schema')
    .sort()
    .map((name) => `prisma/schema/${name}`);
  const stamp = digest([...schema, 'package-lock.json']);
  const marker = 'app/generated/.stamp';
  if (existsSync(marker) && existsSync('app/generated/prisma/client.ts') && readFileSync(marker, 'utf8') === stamp)
    return;
  const result = spawnSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    encoding: 'utf8',
    // Generating needs no native engine; naming any program keeps Prisma from downloading one.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  if (result.status !== 0) stop(`The database client could not be generated:\n${result.stdout}${result.stderr}`);
  mkdirSync('app/generated', { recursive: true });
  writeFileSync(marker, stamp);
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
