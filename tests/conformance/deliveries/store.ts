import type { FormedBundle } from '#app/domains/incentives/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import type { AdminStore } from '#sandbox/shopify/admin-store.ts';
import type { SandboxProduct } from '#sandbox/shopify/model.ts';
import { openStore } from '#sandbox/shopify/store.ts';
import { publishedConfigs } from '#tests/conformance/carts/surfaces.ts';
import { product } from '#tests/integration/storefront/fixture.ts';
import { componentsOf, parentOf, toCartCase } from './surfaces.ts';
import type { DeliveryCase } from './table.ts';

const at = '2026-01-01T00:00:00.000Z';
const discount = 'gid://shopify/DiscountAutomaticNode/900';
const transform = 'gid://shopify/CartTransform/901';
export const startStock = 1000;

/** Products of the case's lines and of its bundles, priced in the currency that the shopper pays in. */
function productsOf(
  each: DeliveryCase,
  formed: readonly FormedBundle[],
  prices: ReadonlyMap<string, number>,
): SandboxProduct[] {
  const ids = [...new Set(each.lines.map((line) => line.productId))];
  const parts = ids.map((id) => {
    const lines = each.lines.filter((line) => line.productId === id);
    const variants = [...new Map(lines.map((line) => [line.variantId, line])).values()];
    return product(Number(id), '0', {
      isGiftCard: lines.some((line) => line.giftCard),
      variants: variants.map((line) => ({
        id: line.variantId,
        price: formatDecimal(line.unitPriceMinor, each.currency),
        inventoryQuantity: startStock,
      })),
    });
  });
  const bundles = each.bundles.map((bundle) => {
    const id = parentOf(bundle.id);
    const found = formed.find(({ offerId }) => offerId === bundle.id);
    const components = found ? componentsOf(each, found) : [];
    return product(Number(id), formatDecimal(prices.get(id) ?? 0, each.currency), {
      title: `Product of ${bundle.title}`,
      variants: [{ id, tracked: false, components }],
    });
  });
  return [...parts, ...bundles];
}

/**
 * A store that sells what the case holds, with the discount and the cart transform published.
 * @param delivery null = the app has no cart transform in this store
 * @param prices of bundle products by variant, minor units
 */
export function storeOf(
  each: DeliveryCase,
  formed: readonly FormedBundle[],
  delivery: string | null,
  prices: ReadonlyMap<string, number> = new Map(),
): AdminStore {
  const store = openStore({
    base: {
      shop: {
        id: '60123456',
        domain: 'table.myshopify.com',
        name: 'T',
        email: 'o@example.com',
        currency: each.currency,
        timeZone: 'UTC',
        planName: 'basic',
      },
      products: productsOf(each, formed, prices),
      collections: [],
      customers: [],
      orders: [],
      refunds: [],
    },
    folder: null,
    clock: () => new Date('2026-11-20T12:00:00Z'),
  });
  store.setInstallation({ id: '501', apiKey: 'key', scopes: [], installedAt: at });
  store.put('discounts', {
    id: discount,
    kind: 'automatic-app',
    title: 'Bundles',
    functionHandle: 'bundle-discount',
    code: null,
    value: null,
    discountClasses: ['PRODUCT'],
    combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
    startsAt: at,
    endsAt: null,
    createdAt: at,
    updatedAt: at,
  });
  const owners = delivery === null ? [discount] : [discount, transform];
  if (delivery !== null)
    store.put('cartTransforms', { id: transform, functionHandle: 'cart-transform', blockOnFailure: false });
  const write = (ownerId: string, key: string, value: string): void =>
    void store.put('metafields', {
      id: store.nextId(),
      ownerId,
      namespace: store.appNamespace(),
      key,
      type: 'json',
      value,
      updatedAt: at,
    });
  if (delivery !== null) write(transform, 'delivery', delivery);
  for (const [index, value] of publishedConfigs(toCartCase(each)).entries())
    for (const owner of owners) write(owner, index === 0 ? 'config' : `config-${String(index + 1)}`, value);
  return store;
}
