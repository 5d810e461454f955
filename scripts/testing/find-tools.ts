import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import path from 'node:path';

/** Something the tests need is missing and could not be installed; the message says what to do. */
export class MissingToolError extends Error {}

/** Chromium that Playwright brought, else an installed one, else Debian's package where we may install it. */
export async function findChromium(): Promise<string> {
  const { chromium } = await import('@playwright/test');
  const bundled = chromium.executablePath();
  if (existsSync(bundled)) return bundled;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const installed = names.map(onPath).find((file) => file !== null);
  if (installed) return installed;
  if (installDebianPackage('chromium')) {
    const found = onPath('chromium');
    if (found) return found;
  }
  throw new MissingToolError(
    'The browser tests need Chromium: run `npx playwright install chromium`, or install the package chromium.',
  );
}

/** An installed redis-server, else Debian's package where we may install it, else one built by redis-memory-server. */
export async function findRedisServer(): Promise<string> {
  const installed = onPath('redis-server');
  if (installed) return installed;
  if (installDebianPackage('redis-server')) {
    const found = onPath('redis-server');
    if (found) return found;
  }
  try {
    // A CommonJS module: its types speak of another default export than Node's import gives.
    const binary = createRequire(import.meta.url)('redis-memory-server/lib/util/RedisBinary.js') as {
      default: { getPath(): Promise<string> };
    };
    return await binary.default.getPath();
  } catch {
    throw new MissingToolError(
      'The queue and cache tests need Redis: install redis-server (Debian: apt-get install redis-server).',
    );
  }
}

/** An installed PHP from 7.4 on, else Debian's package where we may install it. */
export function findPhp(): string {
  const installed = onPath('php');
  if (installed && isRecentPhp(installed)) return installed;
  if (installDebianPackage('php-cli')) {
    const found = onPath('php');
    if (found && isRecentPhp(found)) return found;
  }
  throw new MissingToolError(
    'The tests of the WooCommerce plugin need PHP 7.4 or later: install php-cli (Debian: apt-get install php-cli).',
  );
}

function isRecentPhp(file: string): boolean {
  try {
    return Number(execFileSync(file, ['-r', 'echo PHP_VERSION_ID;'], { encoding: 'utf8' })) >= 70_400;
  } catch {
    return false;
  }
}

function onPath(name: string): string | null {
  const folders = [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  return (
    folders
      .map((folder) => path.join(folder, name))
      .find((file) => !file.includes('node_modules') && existsSync(file)) ?? null
  );
}

function installDebianPackage(name: string): boolean {
  if (userInfo().uid !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log(`Installing Debian's package ${name} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: 'ignore', env });
    return true;
  } catch {
    return false;
  }
}
