import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

const root = join(import.meta.dirname, '../../..');
const plugin = join(root, 'extensions/woocommerce-plugin');
const start = (asked: { version: string; features: boolean; consent: boolean }) =>
  JSON.parse(runPhp([join(import.meta.dirname, 'start.php')], JSON.stringify(asked))) as {
    said: string;
    prices: boolean;
    declared: string[];
    registered: boolean;
    cookies: Record<string, [category: string, type: string]>;
  };

it('a store whose WooCommerce is too old is told so, and nothing else happens; nor does anything break', () => {
  const old = start({ version: '6.9.4', features: false, consent: false });
  expect(old).toMatchObject({ prices: false, declared: [] });
  expect(old.said).toContain('needs WooCommerce 9.0 or later, this store has 6.9.4');
  const header = readFileSync(join(plugin, 'trellis-for-woocommerce.php'), 'utf8');
  expect(header).toContain('WC requires at least: 9.0\n');
  expect(start({ version: '9.0.0', features: true, consent: false })).toMatchObject({
    said: '',
    declared: ['custom_order_tables', 'cart_checkout_blocks'],
    registered: false,
    cookies: {},
  });
});

it('consent tools hear of everything that is kept in browsers', () => {
  const { registered, cookies } = start({ version: '11.0.1', features: true, consent: true });
  expect(registered).toBe(true);
  // Names as the scripts and the plugin write them.
  const named = globSync('extensions/theme-source/src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:cookieName|\w+Key) = '(\w*trellis\w*)'/g),
    ])
    .map(([, name]) => name);
  expect(named.length).toBeGreaterThan(3);
  expect(Object.keys(cookies).sort()).toEqual([...new Set([...named, 'trellis_referral'])].sort());
  expect(cookies).toMatchObject({
    trellis_visitor: ['statistics', 'HTTP'],
    _trellis_visitor: ['statistics', 'LOCALSTORAGE'],
    trellis_referral: ['functional', 'HTTP'],
  });
});
