import { describe, expect, it } from 'vitest';
import { createBundle, listBundles, liveBundlesForPublication } from '#app/domains/bundles/index.ts';
import { decodeDiscountConfigs, defaultIncentiveRules } from '#app/domains/incentives/index.ts';
import { seedLines } from './catalog.ts';
import { context, later, now, setUpBundleShops } from './shop.ts';

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
    const { byProduct, discount, nextChangeAt, broken: left } = published;
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

  it('knows what a product costs that a bundle is sold as: its parts, where unknown by the usual margin', async () => {
    const sold = await create({ title: 'Sold as one product' });
    const reward = { type: 'order-discount', value: { type: 'percentage', basisPoints: 2000 } };
    const goal = { title: 'Goal', status: 'active', startsAt: null, endsAt: null, kind: 'cart-goals' };
    const input = { ...goal, terms: { tiers: [{ thresholdMinor: 5000, reward }] } };
    expect(await inShop((scope) => createBundle(scope, input, context))).toMatchObject({ ok: true });
    await inShop(async ({ tx, shopId }) => {
      await tx.$executeRaw`
        INSERT INTO product (shop_id, id, handle, title, tags, collection_ids, status, published, gift_card, platform_updated_at, platform_created_at)
        VALUES (${shopId}::uuid, '777', 'both', 'Both', '{}', '{}', 'active', true, false, now(), now())`;
      await tx.$executeRaw`
        INSERT INTO variant (shop_id, id, product_id, title, position, price_minor, stock)
        VALUES (${shopId}::uuid, '7771', '777', 'Both', 1, 4160, 10)`;
      await tx.bundleDelivery.upsert({
        where: { shopId_bundleId: { shopId, bundleId: sold.id } },
        create: { shopId, bundleId: sold.id, delivery: 'native', productId: '777', variantId: '7771' },
        update: { delivery: 'native', productId: '777', variantId: '7771' },
      });
    });
    const rules = { ...defaultIncentiveRules, defaultMarginBps: 5000 };
    const { discount } = await inShop((scope) =>
      liveBundlesForPublication(scope, { now, currency: 'USD', rules, discountTitle: 'Bundles' }),
    );
    // Of the first product the dearest variant, 5.00; two of the second, half of 20.00 each.
    expect(decodeDiscountConfigs(discount.configs)?.costOf('777', '7771')).toBe(500 + 2 * 1000);
  });

  it('promises no more than the margin guard lets the checkout give', async () => {
    const generous = await create({ discount: { type: 'percentage', basisPoints: 9000 } });
    const rules = { ...defaultIncentiveRules, minMarginBps: 2000 };
    const published = await inShop((scope) =>
      liveBundlesForPublication(scope, { now, currency: 'USD', rules, discountTitle: 'Bundles' }),
    );
    // The variant for 12.00 with cost 5.00 decides: floors 6.25 + 2 × 12.50 of 52.00 leave 20.75, 39.9 %.
    expect(published.byProduct.get('1')?.[0]?.discount).toEqual({ type: 'percentage', basisPoints: 3990 });
    expect(published.reduced).toEqual([generous.id]);
    expect(decodeDiscountConfigs(published.discount.configs)?.bundles[0]).toMatchObject({
      discount: generous.discount,
    });
  });

  it('leaves out what the checkout’s configuration cannot hold, and says what that is', async () => {
    const products = Array.from({ length: 20 }, (_, at) => String(90_000 + at));
    await inShop(
      ({ tx, shopId }) => tx.$executeRaw`
      INSERT INTO product (shop_id, id, handle, title, tags, collection_ids, status, published, gift_card, platform_updated_at, platform_created_at)
      SELECT ${shopId}::uuid, id, 'p-' || id, id, '{}', '{}', 'active', true, false, now(), now() FROM unnest(${products}::text[]) id`,
    );
    // Variants that all cost something else: 20 kB for its products alone.
    await inShop(
      ({ tx, shopId }) => tx.$executeRaw`
      INSERT INTO variant (shop_id, id, product_id, title, position, price_minor, cost_minor, stock)
      SELECT ${shopId}::uuid, id || n, id, n, n, 1000, 100 + n, 10 FROM unnest(${products}::text[]) id, generate_series(1, 90) n`,
    );
    const fits = await create({ title: 'Fits' });
    const large = await create({
      title: 'Large',
      items: products.map((productId) => ({ productId, variantId: null, quantity: 1 })),
    });
    const published = await inShop((scope) =>
      liveBundlesForPublication(scope, {
        now,
        currency: 'USD',
        rules: defaultIncentiveRules,
        discountTitle: 'Bundles',
      }),
    );
    expect(published).toMatchObject({ leftOut: [large.id], broken: [] });
    expect(published.offers.map(({ id }) => id)).toEqual([fits.id]);
    expect([...published.byProduct.keys()].sort()).toEqual(['1', '2']);
    expect(decodeDiscountConfigs(published.discount.configs)?.bundles.map(({ id }) => id)).toEqual([fits.id]);
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
    expect(published).toMatchObject({ discount: { configs: [] }, nextChangeAt: null, broken: [], leftOut: [] });
  });
});
