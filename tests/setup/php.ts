import { spawnSync } from 'node:child_process';

/**
 * Runs a PHP script with this text as its input, and gives what it wrote. The binary comes from `TEST_PHP` (set by
 * `npm test`, which installs one where it may) or from the path; without one this fails loudly, and so does every
 * warning of the script.
 */
export function runPhp(args: readonly string[], input = ''): string {
  const binary = process.env['TEST_PHP'] ?? 'php';
  const strict = ['-d', 'error_reporting=-1', '-d', 'display_errors=stderr', '-d', 'zend.assertions=1'];
  const { error, status, stdout, stderr } = spawnSync(binary, [...strict, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
  });
  // A script that ends before it has read everything is an error of the script, told below.
  if (error && 'code' in error && error.code !== 'EPIPE')
    throw new Error(`PHP is needed: ${binary} cannot be run. Install php-cli (7.4 or later) or run \`npm test\`.`);
  if (status !== 0 || stderr !== '') throw new Error(`PHP ended with ${status}: ${stderr.slice(0, 2000)}`);
  return stdout;
}
