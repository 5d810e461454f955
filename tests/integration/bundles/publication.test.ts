import { describe, expect, it } from 'vitest';
import { listBundles, liveBundlesForPublication } from '#app/domains/bundles/index.ts';
import { decodeDiscountConfigs, defaultIncentiveRules } from '#app/domains/incentives/index.ts';
import { seedLines } from './catalog.ts';
import { later, now, setUpBundleShops } from './shop.ts';

describe('what a shop publishes and sells', () => {
  const { shops, inShop, create } = setUpBundleShops();

  it('counts what each bundle sold', async () => {
    const sold = await create({ title: 'Sold' });
    const unsold = await create({ title: 'Unsold' });
    const { database, shop } = shops();
    await seedLines(database, shop, [
      { orderId: 'a', bundleId: sold.id, quantity: 2, unitPriceMinor: 1000, discountMinor: 300 },
      { orderId: 'a', bundleId: sold.id, quantity: 1, unitPriceMinor: 500, discountMinor: 50 },
      { orderId: 'b', bundleId: sold.id, quantity: 3, unitPriceMinor: 1000, discountMinor: 100, refundedQuantity: 1 },
      { orderId: 'c', bundleId: sold.id, quantity: 1, unitPriceMinor: 9999, discountMinor: 1, cancelled: true },
      { orderId: 'd', bundleId: sold.id, quantity: 1, unitPriceMinor: 9999, discountMinor: 1, test: true },
      { orderId: 'e', bundleId: null, quantity: 1, unitPriceMinor: 9999, discountMinor: 1 },
    ]);
    const { items } = await inShop((scope) => listBundles(scope, { sort: 'revenue' }, now));
    expect(items.map(({ bundle }) => bundle.id)).toEqual([sold.id, unsold.id]);
    // 1700 + 450 + 2900 × 2/3 (1933.33 → 1933); discounts 300 + 50 + 100 × 2/3 (66.67 → 67)
    expect(items[0]?.numbers).toEqual({ orders: 2, unitsSold: 5, revenueMinor: 1700 + 450 + 1933, discountMinor: 417 });
  });

  it('publishes what is live, with costs, and says when to publish again', async () => {
    const live = await create({ endsAt: later(90).toISOString() });
    await create({ title: 'Soon', startsAt: later(30).toISOString() });
    await create({ title: 'Paused', status: 'paused' });
    const broken = await create({ title: 'Broken', items: [{ productId: '2', variantId: '22', quantity: 2 }] });
    await inShop(({ tx }) => tx.$executeRaw`DELETE FROM variant WHERE id = '22'`);
    const published = await inShop((scope) =>
      liveBundlesForPublication(scope, {
        now,
        currency: 'USD',
        rules: defaultIncentiveRules,
        discountTitle: 'Bundles',
      }),
    );
    if (!published.ok) throw new Error(published.code);
    const { byProduct, discount, nextChangeAt, broken: left } = published.value;
    expect([...byProduct].map(([id, bundles]) => [id, bundles.map((bundle) => bundle.id)])).toEqual([
      ['1', [live.id]],
      ['2', [live.id]],
    ]);
    expect(byProduct.get('1')?.[0]).toMatchObject({
      currency: 'USD',
      kind: 'fixed',
      endsAt: later(90).toISOString(),
      items: live.items,
    });
    expect(discount).toMatchObject({
      title: 'Bundles',
      startsAt: now,
      combinesWith: { product: { order: true, product: false, shipping: true }, order: { order: true } },
    });
    expect(nextChangeAt).toEqual(later(30));
    expect(left).toEqual([broken.id]);
    const config = decodeDiscountConfigs(discount.configs);
    expect(config?.bundles.map(({ id }) => id)).toEqual([live.id]);
    expect([config?.costOf('1', '11'), config?.costOf('1', '12'), config?.costOf('2', '21')]).toEqual([400, 500, null]);
  });

  it('promises no more than the margin guard lets the checkout give', async () => {
    const generous = await create({ discount: { type: 'percentage', basisPoints: 9000 } });
    const rules = { ...defaultIncentiveRules, minMarginBps: 2000 };
    const published = await inShop((scope) =>
      liveBundlesForPublication(scope, { now, currency: 'USD', rules, discountTitle: 'Bundles' }),
    );
    if (!published.ok) throw new Error(published.code);
    // The variant for 12.00 with cost 5.00 decides: floors 6.25 + 2 × 12.50 of 52.00 leave 20.75, 39.9 %.
    expect(published.value.byProduct.get('1')?.[0]?.discount).toEqual({ type: 'percentage', basisPoints: 3990 });
    expect(published.value.reduced).toEqual([generous.id]);
    expect(decodeDiscountConfigs(published.value.discount.configs)?.bundles[0]).toMatchObject({
      discount: generous.discount,
    });
  });

  it('publishes nothing for a shop without bundles', async () => {
    const published = await inShop(
      (scope) =>
        liveBundlesForPublication(scope, {
          now,
          currency: 'USD',
          rules: defaultIncentiveRules,
          discountTitle: 'Bundles',
        }),
      shops().other,
    );
    expect(published).toMatchObject({ ok: true, value: { discount: { configs: [] }, nextChangeAt: null, broken: [] } });
  });
});
