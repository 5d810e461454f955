import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

const plugin = new URL('../../../extensions/woocommerce-plugin/', import.meta.url);
const read = (name: string) => readFile(new URL(name, plugin), 'utf8');

type Coupons = readonly { readonly code: string; readonly label?: string }[];

test('the cart and checkout blocks show titles in place of the codes, from where the Store API tells them', async () => {
  const namespace = /const NAME = '([^']+)'/.exec(await read('includes/class-store-api.php'))?.[1] ?? '';
  const titles = { 'trellis:a': 'Potting set', five: 'five – Reduced' };
  const extensions: Record<string, unknown> = {};
  const filters: { coupons?: (coupons: Coupons) => Coupons } = {};
  const page = {
    wc: { blocksCheckout: { registerCheckoutFilters: (_name: string, own: object) => Object.assign(filters, own) } },
    wp: { data: { select: () => ({ getCartData: () => ({ extensions }) }) } },
  };
  runInNewContext(await read('assets/offer-titles.js'), page);
  const coupons = [{ code: 'trellis:a' }, { code: 'summer', label: 'summer' }, { code: 'five', label: 'five' }];
  // Before the cart was answered, and on a store whose plugin is older.
  expect(filters.coupons?.(coupons)).toEqual(coupons);
  extensions[namespace] = { titles };
  expect(filters.coupons?.(coupons)).toEqual([
    { code: 'trellis:a', label: 'Potting set\u2060' },
    { code: 'summer', label: 'summer' },
    // It can be taken off.
    { code: 'five', label: 'five – Reduced' },
  ]);
});
