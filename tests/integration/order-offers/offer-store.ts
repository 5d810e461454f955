import { type Hono } from 'hono';
import { setHoldout } from '#app/domains/experiments/index.ts';
import { type OrderOfferSettings, saveOrderOfferSettings } from '#app/domains/order-offers/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import type { Signal } from '#app/domains/signals/index.ts';
import type { ShownOffer } from '#app/flows/order-offers.ts';
import { createOrderOffers } from '#app/flows/order-offers.ts';
import { orderOfferRoutes } from '#app/http/order-offers.ts';
import { createOrderAnswerer } from '#app/http/order-question.ts';
import type { Platform } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { SandboxOrder, SandboxProduct } from '#sandbox/shopify/model.ts';
import { signExtensionToken } from '#sandbox/shopify/storefront/checkout/extension-token.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { testApiKey, testApiSecret } from '#tests/setup/services.ts';
import { startTestStore, testDomain } from '#tests/setup/shopify.ts';

export const variantOf = (product: SandboxProduct) => {
  const variant = product.variants.find((one) => one.inventoryQuantity > 5) ?? product.variants[0];
  if (!variant) throw new Error('the product has no variant');
  return variant;
};
export const minorOf = (product: SandboxProduct) => Math.round(Number(variantOf(product).price) * 100);

/** What an extension's `sessionToken.get()` would give right now. */
export const extensionToken = (more: Partial<Parameters<typeof signExtensionToken>[0]> = {}) =>
  signExtensionToken({
    domain: testDomain,
    apiKey: testApiKey,
    apiSecret: testApiSecret,
    customerId: null,
    now: new Date(),
    ...more,
  });

export type OfferStore = Awaited<ReturnType<typeof startOfferStore>>;

/**
 * A pretend Shopify with the offers' endpoints; what is suggested for an order is fixed, everything else is real.
 * @param makeOfferCode called instead of the adapter's, which is handed in
 */
export async function startOfferStore(makeOfferCode?: (real: Platform['makeOfferCode']) => Platform['makeOfferCode']) {
  const store = await startTestStore();
  const { shopId } = await installedStore(store);
  const sellable = [...store.sandbox.store.products.values()].filter(
    (one) =>
      one.status === 'ACTIVE' && one.publishedAt !== null && !one.isGiftCard && variantOf(one).inventoryQuantity > 5,
  );
  const [bought, ...others] = sellable.slice(0, 5);
  if (!bought) throw new Error('the store sells nothing');
  await seedProducts(
    store.test.database,
    shopId,
    // The third of the others leaves no margin.
    [bought, ...others].map((one, index) => ({
      id: one.id,
      variants: [{ id: variantOf(one).id, priceMinor: minorOf(one), costMinor: index === 3 ? minorOf(one) : 1 }],
    })),
  );
  const answer = (_shop: ShopId, ask: { products: readonly string[] }) => {
    const list = [bought, ...others].map((one) => ({
      productId: one.id,
      title: one.title,
      imageUrl: null,
      price: { minor: minorOf(one), currency: 'EUR' },
      variantId: variantOf(one).id,
    }));
    const text = JSON.stringify({ suggestions: list.filter((one) => !ask.products.includes(one.productId)) });
    return Promise.resolve({ text, size: text.length });
  };
  const told: Signal[] = [];
  const signals = {
    add(some: readonly Signal[]) {
      told.push(...some);
      return 'taken' as const;
    },
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(0),
    state: { waiting: 0, stored: 0, lost: 0 },
  };
  const { shopify } = store.test.services.platforms;
  if (!shopify) throw new Error('there is no adapter');
  const platform = makeOfferCode ? { ...shopify, makeOfferCode: makeOfferCode(shopify.makeOfferCode) } : shopify;
  const services = { ...store.test.services, platforms: { ...store.test.services.platforms, shopify: platform } };
  const app: Hono = orderOfferRoutes(
    services,
    createOrderAnswerer(services.cache, createOrderOffers(services, { answer }, signals)),
    signals,
  );

  return {
    store,
    services,
    shopId,
    bought,
    others,
    app,
    told,
    settings: (value: OrderOfferSettings) =>
      store.test.services.db.inShop(shopId, (scope) => saveOrderOfferSettings(scope, value)),
    /** @param holdoutBps share of visitors who see nothing from now on */
    holdOut: (holdoutBps: number) =>
      store.test.services.db.inShop(shopId, (scope) =>
        setHoldout(scope, { holdoutBps, freshSalt: 'salt', now: new Date() }),
      ),
    placeOrder: (visitor?: string): SandboxOrder =>
      store.sandbox.store.placeOrder({
        customerId: null,
        email: 'guest@example.com',
        customAttributes: visitor === undefined ? [] : [{ key: '_trellis_visitor', value: visitor }],
        discountApplications: [],
        lines: [
          {
            productId: bought.id,
            variantId: variantOf(bought).id,
            title: bought.title,
            sku: '',
            quantity: 1,
            price: variantOf(bought).price,
            customAttributes: [],
            discountAllocations: [],
          },
        ],
        ...{ subtotal: '10.00', totalDiscounts: '0.00', totalShipping: '0.00', totalTax: '0.00', total: '10.00' },
      }),
    /** The order as a webhook would have brought it. */
    async mirror(order: SandboxOrder, more: object = {}, shop = shopId): Promise<void> {
      const line = { id: '1', productId: bought.id, variantId: null, title: 'x', quantity: 1, unitPriceMinor: 1000 };
      const whole = { ...line, discountMinor: 0, refundedQuantity: 0, bundleId: null, source: null };
      const placedAt = new Date(order.createdAt);
      await store.test.services.db.inShop(shop, (scope) =>
        upsertOrders(scope, [{ ...platformOrder({ id: order.id, placedAt, lines: [whole] }), ...more }]),
      );
    },
    page: (order: Pick<SandboxOrder, 'id'>, more: object = {}) => ({
      ...{ orderId: order.id, surface: 'thank-you', bought: [bought.id], visitorId: null },
      ...more,
    }),
    async ask(body: unknown, bearer: string | null = extensionToken()) {
      const response = await app.request('/checkout/offers', {
        method: 'POST',
        headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const said = (await response.json()) as { offer?: ShownOffer | null; error?: { code: string } };
      const { status, headers } = response;
      return { status, offer: said.offer ?? null, code: said.error?.code, headers };
    },
    async click(offer: ShownOffer | null, index = 0) {
      const ticket = offer?.products[index]?.ticket ?? '';
      const response = await app.request(`/checkout/offers/${encodeURIComponent(ticket)}`);
      const link = response.headers.get('location');
      return { status: response.status, link: link === null ? null : new URL(link) };
    },
    codes: () => [...store.sandbox.store.discounts.values()].filter((one) => one.kind === 'code-basic'),
  };
}
