import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCodesOf } from '#app/domains/codes/index.ts';
import { beginProgramme, joinProgramme } from '#app/domains/loyalty/index.ts';
import { lookForCompanion } from '#app/flows/check-companion.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import { byWebhook, saveRecords } from '#app/flows/save-records.ts';
import { switchLoyalty } from '#app/flows/loyalty/programme.ts';
import runDay from '#app/flows/loyalty/run-day.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { buildCodeFunction, codeDesk, visitorOf } from '#tests/integration/codes/code-store.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import type { TestServices } from '#tests/setup/services.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

const usual = usualProgramme();

/** Two members, of whom the first is in a tier that frees orders from shipping costs. @returns the first one's code */
async function freeFor({ services }: TestServices, shopId: ShopId, ids: readonly [string, string]): Promise<string> {
  const levels = usual.tiers.levels.map((level) => ({ ...level, freeShipping: level.id === 'gold' }));
  const settings = { ...usual, enrolment: 'join' as const, holdoutBps: 0, tiers: { ...usual.tiers, levels } };
  const now = services.clock.now();
  await services.db.inShop(shopId, (scope) => beginProgramme(scope, settings, 'salt', now));
  await switchLoyalty(services, shopId, true);
  await services.db.inShop(shopId, async (scope) => {
    for (const id of ids) await joinProgramme(scope, id, services.clock.now());
    await scope.tx.loyaltyMember.updateMany({
      where: { shopId, customerId: ids[0] },
      data: { tier: 'gold', tierSince: services.clock.now() },
    });
  });
  const context = { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal };
  await runDay({ shopId, tiers: false }, context);
  await codeDesk({ services }, shopId).publish();
  const codes = await services.db.inShop(shopId, (scope) => readCodesOf(scope, 'loyalty-tier', ids));
  expect(codes).toMatchObject([{ customerId: ids[0], state: 'open' }]);
  return codes[0]?.code ?? '';
}

/** What the mirror knows of an order's shipping once the store is asked for it. */
async function mirrored({ services }: TestServices, shopId: ShopId, id: string | undefined) {
  const connected = await findConnectedShop(services, shopId);
  const record = await connected?.platform.readOne(connected.ref, 'orders', id ?? '');
  if (!connected || record?.resource !== 'orders') throw new Error('no such order');
  const coming = { ...byWebhook(connected.shop), readAt: new Date() };
  return services.db.inShop(shopId, async (scope) => {
    await saveRecords(services, scope, [record], coming);
    return scope.tx.order.findFirstOrThrow({
      where: { id: record.order.id },
      select: { shippingMinor: true, shippingOffMinor: true, shippingGiftMinor: true },
    });
  });
}

describe('the code of a tier frees its member’s order from shipping costs, and nobody else’s', () => {
  describe('on Shopify', () => {
    let store: TestStore;
    beforeAll(async () => {
      await buildCodeFunction();
      store = await startTestStore();
    });
    afterAll(() => store.close());

    it('at the checkout', async () => {
      const { shopId } = await installedStore(store);
      const { store: shop } = store.sandbox;
      const [one, other] = [...shop.customers.values()].filter(({ email }) => email !== null);
      const cheap = [...shop.products.values()].find(
        ({ status, publishedAt, isGiftCard, variants: [variant] }) =>
          status === 'ACTIVE' &&
          publishedAt !== null &&
          !isGiftCard &&
          Number(variant?.price) < 40 &&
          (variant?.inventoryQuantity ?? 0) > 20,
      );
      // Its margin bears the parcel.
      const priceMinor = Math.round(Number(cheap!.variants[0]!.price) * 100);
      await seedProducts(store.test.database, shopId, [
        { id: cheap!.id, variants: [{ id: cheap!.variants[0]!.id, priceMinor, costMinor: 1 }] },
      ]);
      const code = await freeFor(store.test, shopId, [one!.id, other!.id]);
      const shippingOf = async (email: string): Promise<number> => {
        const visitor = visitorOf(store.sandbox.url);
        await visitor.form('/account/login', { email });
        await visitor.post('/cart/add.js', { id: cheap!.variants[0]?.id, quantity: 1 });
        await visitor.form('/discount', { code });
        const buyer = { first_name: 'A', last_name: 'B', address: 'Road 1', zip: '10115', city: 'Berlin', card: '1' };
        expect((await visitor.form('/checkout', { email, ...buyer })).status).toBe(303);
        return Number([...shop.orders.values()].at(-1)?.totalShipping);
      };
      const isMirrored = () => mirrored(store.test, shopId, [...shop.orders.values()].at(-1)?.id);
      expect(await shippingOf(one!.email ?? '')).toBe(0);
      expect(await isMirrored()).toEqual({ shippingMinor: 0n, shippingOffMinor: 490n, shippingGiftMinor: 490n });
      expect(await shippingOf(other!.email ?? '')).toBeGreaterThan(0);
      expect(await isMirrored()).toEqual({ shippingMinor: 490n, shippingOffMinor: 0n, shippingGiftMinor: 0n });
      // As often as the member is in the tier.
      expect(await shippingOf(one!.email ?? '')).toBe(0);
    });
  });

  describe('on WooCommerce', () => {
    let store: WooTestStore;
    beforeAll(async () => {
      store = await startWooTestStore();
    });
    afterAll(() => store.close());

    it('at the checkout', async () => {
      const { services, database } = store.test;
      const shopId = await connectedStore(store);
      store.woo.setPlugin('ready');
      const before = await findConnectedShop(services, shopId);
      await lookForCompanion(services, before!, { renew: true });
      const priceOf = (one: { salePrice: string; regularPrice: string }) => Number(one.salePrice || one.regularPrice);
      const cheap = [...store.woo.store.products.values()].find(
        (one) =>
          one.type === 'simple' && one.status === 'publish' && priceOf(one) < 40 && (one.stockQuantity ?? 99) > 20,
      )!;
      const id = cheap.id.toString();
      await seedProducts(database, shopId, [
        { id, variants: [{ id, priceMinor: Math.round(priceOf(cheap) * 100), costMinor: 1 }] },
      ]);
      const [one, other] = [...store.woo.store.customers.values()];
      const code = await freeFor(store.test, shopId, [one!.id.toString(), other!.id.toString()]);
      const place = (customerId: number, couponCode = code) =>
        store.woo.placeOrder({
          lines: [{ productId: cheap.id, variationId: 0, quantity: 1 }],
          email: 'member@example.com',
          couponCode,
          customerId,
        });
      const shippingOf = (customerId: number, couponCode = code): number =>
        place(customerId, couponCode).shippingLine?.total ?? 0;
      expect(await mirrored(store.test, shopId, place(one!.id).id.toString())).toEqual({
        ...{ shippingMinor: 0n, shippingOffMinor: 490n, shippingGiftMinor: 490n },
      });
      expect(await mirrored(store.test, shopId, place(other!.id, '').id.toString())).toMatchObject({
        shippingGiftMinor: null,
      });
      expect(shippingOf(other!.id, '')).toBeGreaterThan(0);
      expect(shippingOf(one!.id)).toBe(0);
      expect(() => shippingOf(other!.id)).toThrow('not valid');
      expect(shippingOf(one!.id)).toBe(0);
    });
  });
});
