import path from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it("writes the links of WooCommerce's page of approval so that they work with plain permalinks, and no others", () => {
  const mended = 'https://shop.example/?wc-auth-version=1&wc-auth-route=access_granted';
  const written = 'https://shop.example/as-written';
  expect(JSON.parse(runPhp(['-n', path.join(import.meta.dirname, 'approval.php')]))).toEqual([
    ...[mended, written, written],
    ...[mended, written, written],
    ...[written, written, written],
  ]);
});
