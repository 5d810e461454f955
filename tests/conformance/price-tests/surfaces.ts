import {
  configKeys,
  defaultIncentiveRules,
  encodeDiscountConfigs,
  offersFor,
  priceCart as priceOnServer,
  visitorOf,
} from '#app/domains/incentives/index.ts';
import { formatDecimal, parseDecimal } from '#app/shared/money.ts';
import type { FunctionInput } from '#extensions/bundle-discount/src/input.ts';
import { run } from '#extensions/bundle-discount/src/run.ts';
import type { DiscountFunctionFiles } from '#sandbox/shopify/storefront/deps.ts';
import { priceCart as priceAtCheckout } from '#sandbox/shopify/storefront/cart/priced-cart.ts';
import { createOfferSource } from '#sandbox/shopify/storefront/checkout/offers.ts';
import { openStore } from '#sandbox/shopify/store.ts';
import { extensionsFolder, product } from '#tests/integration/storefront/fixture.ts';
import { at, gross, lines, type TestedKind, testOf } from './table.ts';

const node = 'gid://shopify/DiscountAutomaticNode/900';

/** What is published for a kind and its test. */
export const shardsOf = ({ offer, versions }: TestedKind): string[] => {
  const costs = lines.map(({ productId, variantId, unitCostMinor }) => ({
    productId,
    variants: [{ id: variantId ?? '', costMinor: unitCostMinor }],
  }));
  const encoded = encodeDiscountConfigs([offer], costs, defaultIncentiveRules, 'EUR', testOf('b', versions));
  if (!encoded.ok) throw new Error(encoded.message);
  return encoded.value;
};

/** Off the cart by the server's rules. */
export function onServer({ offer, versions }: TestedKind, attribute: string | null): number {
  const cart = { currency: 'EUR', shopCurrency: 'EUR', rate: '1.0', lines, shippingMinor: 0 };
  const bundles = offersFor([offer], testOf('b', versions), visitorOf(attribute));
  return gross - priceOnServer(cart, { bundles, codes: [] }, defaultIncentiveRules, new Date(at)).totalMinor;
}

/** Off the cart by the Function's definition. */
export function inFunction(kind: TestedKind, attribute: string | null): number {
  const shards = shardsOf(kind);
  const shard = (index: number) => (shards[index] === undefined ? null : { value: shards[index] });
  const input: FunctionInput = {
    cart: {
      visitor: attribute === null ? null : { value: attribute },
      cost: { subtotalAmount: { currencyCode: 'EUR' } },
      lines: lines.map((one) => ({
        id: one.id,
        quantity: one.quantity,
        cost: { each: { amount: formatDecimal(one.unitPriceMinor, 'EUR') } },
        plan: null,
        item: {
          id: `gid://shopify/ProductVariant/${String(one.variantId)}`,
          product: { id: `gid://shopify/Product/${one.productId}`, gift: false },
        },
      })),
    },
    discount: {
      discountClasses: ['PRODUCT', 'ORDER'],
      config1: shard(0),
      config2: shard(1),
      config3: shard(2),
      config4: shard(3),
      config5: shard(4),
      config6: shard(5),
    },
    presentmentCurrencyRate: '1.0',
  };
  return run(input).operations.reduce((sum, operation) => {
    const { candidates } =
      'productDiscountsAdd' in operation ? operation.productDiscountsAdd : operation.orderDiscountsAdd;
    return candidates.reduce((all, { value }) => all + parseDecimal(value.fixedAmount.amount, 'EUR'), sum);
  }, 0);
}

function storeWith(shards: readonly string[]) {
  const store = openStore({
    base: {
      shop: {
        id: '60123456',
        domain: 'table.myshopify.com',
        name: 'T',
        email: 'o@example.com',
        currency: 'EUR',
        timeZone: 'UTC',
        planName: 'basic',
      },
      products: lines.map((one) =>
        product(Number(one.productId), '0', {
          variants: [{ id: String(one.variantId), price: formatDecimal(one.unitPriceMinor, 'EUR'), tracked: false }],
        }),
      ),
      collections: [],
      customers: [],
      orders: [],
      refunds: [],
    },
    folder: null,
    clock: () => new Date(at),
  });
  store.setInstallation({ id: '501', apiKey: 'key', scopes: [], installedAt: at });
  store.put('discounts', {
    id: node,
    kind: 'automatic-app',
    title: 'Bundles',
    functionHandle: 'bundle-discount',
    code: null,
    value: null,
    discountClasses: ['PRODUCT', 'ORDER'],
    combinesWith: { productDiscounts: false, orderDiscounts: true, shippingDiscounts: true },
    startsAt: at,
    endsAt: null,
    createdAt: at,
    updatedAt: at,
  });
  shards.forEach((value, index) => {
    store.put('metafields', {
      id: store.nextId(),
      ownerId: node,
      namespace: store.appNamespace(),
      key: configKeys[index] ?? '',
      type: 'json',
      value,
      updatedAt: at,
    });
  });
  return store;
}

/** Off the cart at the sandbox's checkout, by the compiled Function. */
export async function atCheckout(
  kind: TestedKind,
  attribute: string | null,
  files: DiscountFunctionFiles,
): Promise<number> {
  const store = storeWith(shardsOf(kind));
  const loadDiscountFunction = () => Promise.resolve(files);
  const offers = createOfferSource({
    store,
    appUrl: '',
    apiKey: '',
    apiSecret: '',
    extensionsFolder,
    loadDiscountFunction,
  });
  const cart = {
    token: 't',
    attributes: attribute === null ? {} : { _trellis_visitor: attribute },
    events: [],
    codes: [],
    lines: lines.map((one) => ({
      key: one.id,
      variantId: String(one.variantId),
      quantity: one.quantity,
      properties: {},
    })),
  };
  const priced = await priceAtCheckout(store, cart, offers);
  if (priced.problems.length > 0) throw new Error(priced.problems.join(' '));
  return gross - priced.subtotal;
}
