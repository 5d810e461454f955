import { expect, it } from 'vitest';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { creditBundles } from '#app/flows/credit-bundles.ts';
import { toOrderFromWebhook, webhookOrder } from '#app/platforms/shopify/records/webhook-order.ts';
import { setUpBundleShops } from './shop.ts';

const { inShop, create, shops } = setUpBundleShops();

/** An order of one line, marked for one bundle and reduced by the words of a discount. */
const orderOf = (mark: string, applications: readonly { type: string; title?: string; code?: string }[]) =>
  toOrderFromWebhook(
    webhookOrder.parse({
      id: 1,
      created_at: '2026-11-20T10:00:00Z',
      updated_at: '2026-11-20T10:00:00Z',
      currency: 'USD',
      total_price: '9.00',
      discount_applications: applications,
      line_items: [
        {
          id: 5,
          product_id: 1,
          variant_id: 11,
          quantity: 1,
          price: '10.00',
          discount_allocations: applications.map((_, index) => ({ amount: '1.00', discount_application_index: index })),
          properties: [{ name: '_trellis_bundle', value: mark }],
        },
      ],
    }),
  );

it('credits the bundle that the discount names, before the mark of the theme', async () => {
  const [shown, formed] = [await create({ title: 'Shown' }), await create({ title: 'Formed' })];
  const credited = async (applications: Parameters<typeof orderOf>[1]) => {
    await inShop(async (scope) => {
      const order = { ...orderOf(shown.id, applications), updatedAt: new Date() };
      await upsertOrders(scope, await creditBundles(scope, [order]));
    });
    return inShop(async ({ tx }) => (await tx.orderLine.findFirstOrThrow({ where: { orderId: '1' } })).bundleId);
  };
  expect(await credited([{ type: 'automatic', title: 'Formed' }])).toBe(formed.id);
  expect(await credited([{ type: 'automatic', title: 'Shown' }])).toBe(shown.id);
  expect(await credited([{ type: 'discount_code', code: 'Formed' }])).toBe(shown.id);
  expect(await credited([])).toBe(shown.id);
});

it('knows no bundle of another shop', async () => {
  const shown = await create({ title: 'Shown' });
  const { shop, other } = shops();
  expect(shop).not.toBe(other);
  const order = orderOf('', [{ type: 'automatic', title: shown.title }]);
  const [credited] = await inShop((scope) => creditBundles(scope, [order]), other);
  expect(credited?.lines[0]?.bundleId).toBeNull();
});
