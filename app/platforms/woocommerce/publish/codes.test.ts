import { expect, test } from 'vitest';
import { toShopId } from '#app/shared/ids.ts';
import type { RestClient } from '../client/rest-client.ts';
import { removeCodes } from './codes.ts';

const shop = { shopId: toShopId('0199f1a0-0000-7000-8000-000000000001'), domain: 'store.example' };
const removal = {
  storeId: null,
  codes: [31, 32].map((id) => ({ code: `CODE-${String(id)}`, storeId: String(id) })),
  last: false,
};

/** A store that answers a batch so, and then has these coupons left. */
const storeThat = (answer: unknown, left: readonly number[] = []): RestClient => ({
  call(_shop, request) {
    const told = request.method === 'POST' ? answer : left.map((id) => ({ id }));
    return Promise.resolve({ data: request.answer.parse(told), total: null, skewMs: null });
  },
});
const failed = (id: number, code: string) => ({ id, error: { code, message: 'The coupon cannot be deleted.' } });
const gone = failed(31, 'woocommerce_rest_shop_coupon_invalid_id');

test.each([
  ['deleted', { delete: [{ id: 31 }, { id: 32 }] }],
  ['gone before', { delete: [gone, { id: 32 }] }],
])('coupons that are %s are out of the store', async (_name, answer) => {
  await expect(removeCodes(storeThat(answer), shop, removal)).resolves.toEqual({ kept: [] });
});

// Source: WooCommerce 11, class-wc-rest-crud-controller.php; the second was tried with a veto of `pre_delete_post`.
test.each([
  [
    'one that something in the store keeps',
    { delete: [gone, failed(32, 'woocommerce_rest_cannot_delete')] },
    [],
    ['CODE-32'],
  ],
  ['one that is said to be gone and is not', { delete: [{ id: 31 }, { id: 32 }] }, [32], ['CODE-32']],
  ['one that the store says nothing of', { delete: [{ id: 31 }] }, [], ['CODE-32']],
  ['none of them', {}, [], ['CODE-31', 'CODE-32']],
])('%s can still be used, and is told; the others are out', async (_name, answer, left, kept) => {
  const { kept: told } = await removeCodes(storeThat(answer, left), shop, removal);
  expect(told.map(({ code }) => code)).toEqual(kept);
  for (const { code, reason } of told) expect(reason).toMatch(new RegExp(`^Coupon ${code.slice(-2)}: \\S`));
});
