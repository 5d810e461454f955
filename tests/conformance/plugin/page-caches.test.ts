import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('plugins that keep pages let go of them when what all pages show has changed, and one that fails stops nothing', () => {
  const all = [
    'cache_enabler_clear_site_cache',
    'litespeed_purge_all',
    'breeze_clear_all_cache',
    'A page cache could not be emptied: no disk',
    'wphb_clear_page_cache',
    'rocket_clean_domain',
  ];
  expect(JSON.parse(runPhp([join(import.meta.dirname, 'page-caches.php')]))).toEqual({
    storefront: all,
    settings: all,
    discount: [],
    codes: [],
  });
});
