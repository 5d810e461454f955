import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCodesOf } from '#app/domains/codes/index.ts';
import { beginProgramme, joinProgramme } from '#app/domains/loyalty/index.ts';
import tellCustomers from '#app/flows/access/tell-customers.ts';
import { lookForCompanion } from '#app/flows/check-companion.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import { byWebhook, saveRecords } from '#app/flows/save-records.ts';
import { switchLoyalty } from '#app/flows/loyalty/programme.ts';
import runDay from '#app/flows/loyalty/run-day.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { WooCustomer, WooProduct } from '#sandbox/woocommerce/model.ts';
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
    let shopId: ShopId;
    let cheap: WooProduct;
    let one: WooCustomer;
    let other: WooCustomer;
    let code: string;
    beforeAll(async () => {
      store = await startWooTestStore();
      const { services, database } = store.test;
      shopId = await connectedStore(store);
      store.woo.setPlugin('ready');
      const before = await findConnectedShop(services, shopId);
      await lookForCompanion(services, before!, { renew: true });
      const priceOf = (one: { salePrice: string; regularPrice: string }) => Number(one.salePrice || one.regularPrice);
      cheap = [...store.woo.store.products.values()].find(
        (one) =>
          one.type === 'simple' && one.status === 'publish' && priceOf(one) < 40 && (one.stockQuantity ?? 99) > 20,
      )!;
      const id = cheap.id.toString();
      await seedProducts(database, shopId, [
        { id, variants: [{ id, priceMinor: Math.round(priceOf(cheap) * 100), costMinor: 1 }] },
      ]);
      [one, other] = [...store.woo.store.customers.values()] as [WooCustomer, WooCustomer];
      code = await freeFor(store.test, shopId, [one.id.toString(), other.id.toString()]);
    });
    afterAll(() => store.close());

    it('at the checkout', async () => {
      const place = (customerId: number, couponCode = code) =>
        store.woo.placeOrder({
          lines: [{ productId: cheap.id, variationId: 0, quantity: 1 }],
          email: 'member@example.com',
          couponCode,
          customerId,
        });
      const shippingOf = (customerId: number, couponCode = code): number =>
        place(customerId, couponCode).shippingLine?.total ?? 0;
      expect(await mirrored(store.test, shopId, place(one.id).id.toString())).toEqual({
        ...{ shippingMinor: 0n, shippingOffMinor: 490n, shippingGiftMinor: 490n },
      });
      expect(await mirrored(store.test, shopId, place(other.id, '').id.toString())).toMatchObject({
        shippingGiftMinor: null,
      });
      expect(shippingOf(other.id, '')).toBeGreaterThan(0);
      expect(shippingOf(one.id)).toBe(0);
      expect(() => shippingOf(other.id)).toThrow('not valid');
      expect(shippingOf(one.id)).toBe(0);
    });

    const tell = async (): Promise<void> => {
      const { services } = store.test;
      await tellCustomers(
        { shopId },
        { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal },
      );
    };
    /** A browser with the cheap product in its cart, logged in. */
    async function shopper(customer: WooCustomer | null) {
      const visitor = visitorOf(store.woo.url);
      const logIn = (who: WooCustomer | null) => visitor.form('/my-account/', { username: who?.email ?? '' });
      const fill = () => visitor.form('/cart/', { 'add-to-cart': cheap.id.toString(), quantity: '1' });
      const enter = (text: string) => visitor.form('/cart/', { coupon_code: text });
      const cart = async () => {
        const html = await (await visitor.get('/cart/')).text();
        const {
          code: entered,
          shipping,
          error,
        } = {
          code: /name="coupon_code"[^>]*value="([^"]*)"/.exec(html)?.[1],
          shipping: /<th>Shipping<\/th>\s*<td class="amount">([^<]*)/.exec(html)?.[1],
          error: html.includes('woocommerce-error'),
        };
        return { code: entered, free: shipping === 'Free', error };
      };
      const pay = () =>
        visitor.form('/checkout/', { billing_email: 'm@example.com', billing_first_name: 'A', billing_last_name: 'B' });
      if (customer) await logIn(customer);
      await fill();
      return { logIn, fill, enter, cart, pay };
    }
    const none = { code: '', free: false, error: false };

    it('by itself in the cart of its member, as often as they order, and in nobody else’s', async () => {
      await tell();
      const its = { code: code.toLowerCase(), free: true, error: false };
      const member = await shopper(one);
      expect(await member.cart()).toEqual(its);
      expect((await member.pay()).status).toBe(303);
      const order = [...store.woo.store.orders.values()].at(-1);
      expect(order).toMatchObject({ shippingLine: { total: 0 }, couponLines: [{ code: code.toLowerCase() }] });
      await member.fill();
      expect(await member.cart()).toEqual(its);
      // In the same browser.
      await member.logIn(null);
      expect(await member.cart()).toEqual(none);
      await member.logIn(other);
      expect(await member.cart()).toEqual(none);
      for (const who of [null, other]) expect(await (await shopper(who)).cart()).toEqual(none);
    });

    it('not again for who takes it out, until they enter it themselves', async () => {
      await tell();
      const member = await shopper(one);
      await member.enter('');
      expect(await member.cart()).toEqual(none);
      await member.pay();
      await member.fill();
      expect(await member.cart()).toEqual(none);
      await member.enter(code);
      expect(await member.cart()).toMatchObject({ free: true, error: false });
      await member.pay();
      await member.fill();
      expect(await member.cart()).toMatchObject({ code: code.toLowerCase(), free: true });
    });

    it('gives way to a code that was entered', async () => {
      await tell();
      const member = await shopper(one);
      const [own] = [...store.woo.store.coupons.values()].filter(
        ({ discountType, expiresAt, usageLimit }) =>
          discountType === 'percent' && expiresAt === null && usageLimit === null,
      );
      await member.enter(own?.code ?? 'nothing');
      expect((await member.cart()).free).toBe(false);
      await member.enter('');
      expect(await member.cart()).toMatchObject({ code: code.toLowerCase(), free: true, error: false });
    });

    it('is told once, and no more as soon as it is over', async () => {
      const { services } = store.test;
      const meta = () =>
        store.woo.store.customers.get(one.id)?.metaData.find(({ key }) => key === '_trellis_tier_code')?.value ?? null;
      await tell();
      expect(meta()).toBe(code);
      const state = (is: string) =>
        services.db.inShop(shopId, (scope) =>
          scope.tx.discountCode.updateMany({ where: { shopId, code }, data: { state: is } }),
        );
      await state('withdrawn');
      await tell();
      expect(meta()).toBeNull();
      await state('open');
      await tell();
      expect(meta()).toBe(code);
    });
  });
});
