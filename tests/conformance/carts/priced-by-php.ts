import path from 'node:path';
import { runPhp } from '#tests/setup/php.ts';

const runner = path.join(import.meta.dirname, 'php-runner.php');

/** What the plugin's rules make of carts and configurations. One PHP process prices all of them. */
export function pricedByPhp(cases: readonly unknown[]): unknown[] {
  // Without any extension: the rules need the core alone.
  const answers = runPhp(['-n', runner], cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return answers
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as unknown);
}
