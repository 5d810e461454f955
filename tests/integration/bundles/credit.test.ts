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

it('notes what each offer took off, also after it was renamed, and nothing of others', async () => {
  const [set, goal] = [await create({ title: 'Duo' }), await create({ title: 'Goal' })];
  const off = [{ minor: 490, by: { title: 'Goal' } }];
  await inShop(({ tx, shopId }) =>
    tx.bundle.update({
      where: { shopId_id: { shopId, id: goal.id } },
      data: { kind: 'cart-goals', createdAt: new Date('2026-11-20T09:00:00Z') },
    }),
  );
  const noted = async (titles: readonly string[], change: object = {}) => {
    const applications = titles.map((title) => ({ type: 'automatic', title }));
    await inShop(async (scope) => {
      const told = { updatedAt: new Date(), discountMinor: titles.length, shipping: { paidMinor: 0, off } };
      const order = { ...orderOf('', applications), ...told, ...change };
      await upsertOrders(scope, await creditBundles(scope, [order]));
    });
    return inShop(async ({ tx }) => (await tx.order.findFirstOrThrow({ where: { id: '1' } })).gifts);
  };
  const [ofSet, ofGoal] = [
    { line: '5', minor: 100, of: [set.id] },
    { line: null, minor: 490, of: [goal.id] },
  ];
  expect(await noted(['Duo', 'Summer sale', 'Duo + Goal'])).toEqual([
    ofSet,
    { line: '5', minor: 100, of: expect.arrayContaining([set.id, goal.id]) as string[] },
    ofGoal,
  ]);
  expect(await noted(['Duo'])).toEqual([ofSet, ofGoal]);
  await inShop(({ tx }) => tx.bundle.updateMany({ where: { id: set.id }, data: { title: 'Trio' } }));
  expect(await noted(['Duo'])).toEqual([ofSet, ofGoal]);
  // Something else came off since.
  expect(await noted(['Summer sale'], { discountMinor: 77 })).toEqual([ofGoal]);
  // An order without lines does not tell of them.
  expect(await noted([], { lines: [], discountMinor: 78 })).toEqual([ofGoal]);
});

it('knows no bundle of another shop', async () => {
  const shown = await create({ title: 'Shown' });
  const { shop, other } = shops();
  expect(shop).not.toBe(other);
  const order = orderOf('', [{ type: 'automatic', title: shown.title }]);
  const [credited] = await inShop((scope) => creditBundles(scope, [order]), other);
  expect(credited?.lines[0]?.bundleId).toBeNull();
});

it('credits to us what our goals and codes took off shipping, and to nobody what others did', async () => {
  // What bears its title and is no goal, or was made after the order, took nothing off.
  await create({ title: 'Free parcel' });
  const goal = await create({ title: 'Free delivery' });
  const late = await create({ title: 'Free delivery from now on' });
  await inShop(async ({ tx }) => {
    const goals = { kind: 'cart-goals', createdAt: new Date('2026-11-20T09:00:00Z') };
    await tx.bundle.update({ where: { shopId_id: { shopId: shops().shop, id: goal.id } }, data: goals });
    const made = { kind: 'cart-goals', createdAt: new Date('2026-11-20T11:00:00Z') };
    await tx.bundle.update({ where: { shopId_id: { shopId: shops().shop, id: late.id } }, data: made });
  });
  await inShop(({ tx, shopId }) =>
    tx.discountCode.create({
      data: {
        ...{ shopId, code: 'OURS-1', sourceKind: 'loyalty-tier', sourceId: '1', purpose: '', title: 'Gold' },
        ...{
          terms: { type: 'free-shipping' },
          offer: 'x',
          startsAt: new Date(0),
          state: 'open',
          issuedAt: new Date(0),
        },
      },
    }),
  );
  const off = [
    { minor: 100, by: { title: goal.title } },
    { minor: 20, by: { code: 'ours-1' } },
    { minor: 3, by: { code: 'Free delivery' } },
    { minor: 5, by: { title: 'OURS-1' } },
    { minor: 2, by: { title: 'Free parcel' } },
    { minor: 1, by: { title: late.title } },
    { minor: 7, by: null },
  ];
  const stored = async (shipping: object) => {
    await inShop(async (scope) => {
      const order = { ...orderOf('', []), updatedAt: new Date(), ...shipping };
      await upsertOrders(scope, await creditBundles(scope, [order]));
    });
    return inShop(({ tx }) =>
      tx.order.findFirstOrThrow({
        where: { id: '1' },
        select: { shippingMinor: true, shippingOffMinor: true, shippingGiftMinor: true },
      }),
    );
  };
  const told = { shippingMinor: 365n, shippingOffMinor: 138n, shippingGiftMinor: 120n };
  expect(await stored({ shipping: { paidMinor: 365, off } })).toEqual(told);
  // An answer that does not tell takes nothing back.
  expect(await stored({})).toEqual(told);
  // Renamed since: the title that the order has is nobody's any more.
  await inShop(({ tx }) => tx.bundle.updateMany({ where: { id: goal.id }, data: { title: 'Free parcels' } }));
  expect(await stored({ shipping: { paidMinor: 365, off } })).toEqual(told);
  expect(await stored({ shipping: { paidMinor: 300 } })).toEqual({ ...told, shippingMinor: 300n });
  expect(await stored({ shipping: { paidMinor: 300, off: [{ minor: 9, by: 'ours' }] } })).toEqual({
    ...{ shippingMinor: 300n, shippingOffMinor: 9n, shippingGiftMinor: 9n },
  });
});
