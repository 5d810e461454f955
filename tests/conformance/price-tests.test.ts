import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type BundleOffer,
  type CartLine,
  configKeys,
  decodeDiscountConfigs,
  defaultIncentiveRules,
  encodeDiscountConfigs,
  offersFor,
  priceCart as priceOnServer,
  type PriceTests,
  visitorOf,
} from '#app/domains/incentives/index.ts';
import { armIn, isHeldOut } from '#app/shared/assignment.ts';
import { formatDecimal, parseDecimal } from '#app/shared/money.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import type { FunctionInput } from '#extensions/bundle-discount/src/input.ts';
import { run } from '#extensions/bundle-discount/src/run.ts';
import type { DiscountFunctionFiles } from '#sandbox/shopify/model.ts';
import { priceCart as priceAtCheckout } from '#sandbox/shopify/storefront/cart/priced-cart.ts';
import { createOfferSource } from '#sandbox/shopify/storefront/checkout/offers.ts';
import { openStore } from '#sandbox/shopify/store.ts';
import { extensionsFolder, product } from '#tests/integration/storefront/fixture.ts';
import { amount, fixed, line, mix, percent } from './carts/offers.ts';

const at = '2026-01-01T00:00:00.000Z';
const node = 'gid://shopify/DiscountAutomaticNode/900';
/** Two of each: a set of 1 and 2 costs 25.00, and 4.00 of that is the merchant's. */
const lines: CartLine[] = [line('1', 1999, 2, { unitCostMinor: 1700 }), line('2', 501, 2, { unitCostMinor: 400 })];
const gross = 5000;
const versions = [percent(1000), percent(1500), amount(333), percent(2000)];
const testOf = (bundleId: string): PriceTests => ({
  holdout: { salt: 'pepper', bps: 1000 },
  tests: [
    {
      bundleId,
      layer: 'shop/t',
      from: 0,
      to: 9000,
      salt: 's',
      arms: versions.map((discount, index) => ({ share: 2500, discount: index === 0 ? null : discount })),
    },
  ],
});
const ids = Array.from({ length: 500 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
const tests = testOf('b');
const [split] = tests.tests;
const isHeld = (id: string) => isHeldOut(id, tests.holdout.salt, tests.holdout.bps);
const armOf = (id: string): number => (split ? split.arms.findIndex((arm) => arm === armIn(id, split)) : -1);
const visitorIn = (arm: number): string => ids.find((id) => armOf(id) === arm && !isHeld(id)) ?? '';

/** What comes off the cart, minor units. */
const expectations: readonly (readonly [who: string, attribute: string | null, off: number])[] = [
  ['the first version: what stands', visitorIn(0), 500],
  ['the second version', visitorIn(1), 750],
  ['the third version, an amount', visitorIn(2), 666],
  ['the fourth version, cut by the margin guard on every surface alike', visitorIn(3), 800],
  ['nobody', null, 500],
  ['one who takes no part', ids.find((id) => armOf(id) === -1 && !isHeld(id)) ?? '', 500],
  ['one who is held out of everything', ids.find((id) => isHeld(id) && armOf(id) > 0) ?? '', 500],
  ['a forged word', 'give me the cheapest', 500],
  ['a forged discount', '{"basisPoints":10000}', 500],
];

const kinds: readonly (readonly [string, BundleOffer])[] = [
  ['a fixed set', fixed('b', percent(1000), ['1', '2'])],
  ['a mix of two', mix('b', 2, percent(1000), ['1', '2'])],
];

const shardsOf = (bundle: BundleOffer): string[] => {
  const costs = lines.map(({ productId, variantId, unitCostMinor }) => ({
    productId,
    variants: [{ id: variantId ?? '', costMinor: unitCostMinor }],
  }));
  const encoded = encodeDiscountConfigs([bundle], costs, defaultIncentiveRules, 'EUR', tests);
  if (!encoded.ok) throw new Error(encoded.message);
  return encoded.value;
};

function onServer(bundle: BundleOffer, attribute: string | null): number {
  const cart = { currency: 'EUR', shopCurrency: 'EUR', rate: '1.0', lines, shippingMinor: 0 };
  const bundles = offersFor([bundle], tests, visitorOf(attribute));
  return gross - priceOnServer(cart, { bundles, codes: [] }, defaultIncentiveRules, new Date(at)).totalMinor;
}

function inFunction(bundle: BundleOffer, attribute: string | null): number {
  const shards = shardsOf(bundle);
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
      discountClasses: ['PRODUCT'],
      config1: shard(0),
      config2: shard(1),
      config3: shard(2),
      config4: shard(3),
      config5: shard(4),
      config6: shard(5),
    },
    presentmentCurrencyRate: '1.0',
  };
  return run(input)
    .operations.flatMap((operation) =>
      'productDiscountsAdd' in operation ? operation.productDiscountsAdd.candidates : [],
    )
    .reduce((sum, { value }) => sum + parseDecimal(value.fixedAmount.amount, 'EUR'), 0);
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
    discountClasses: ['PRODUCT'],
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

let files: DiscountFunctionFiles = { source: '', inputQuery: '', deliveryQuery: '' };
beforeAll(async () => {
  const query = (name: string) => readFile(join(extensionsFolder, `bundle-discount/src/${name}.graphql`), 'utf8');
  files = {
    source: await bundleDiscountFunction(),
    inputQuery: await query('cart-lines-discounts-generate-run'),
    deliveryQuery: await query('cart-delivery-options-discounts-generate-run'),
  };
});

async function atCheckout(bundle: BundleOffer, attribute: string | null): Promise<number> {
  const store = storeWith(shardsOf(bundle));
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
  expect(priced.problems).toEqual([]);
  return gross - priced.subtotal;
}

describe.each(kinds)(
  'a price test of %s takes the same off on the server, in the Function and at the checkout',
  (_, bundle) => {
    it.each(expectations)('%s', async (_who, attribute, off) => {
      expect(attribute).not.toBe('');
      expect([onServer(bundle, attribute), inFunction(bundle, attribute), await atCheckout(bundle, attribute)]).toEqual(
        [off, off, off],
      );
    });

    it('for hundreds of visitors, server and Function', () => {
      for (const id of ids.slice(0, 200)) expect(inFunction(bundle, id)).toBe(onServer(bundle, id));
    });

    it('and the shards hold every version', () => {
      expect(decodeDiscountConfigs(shardsOf(bundle))?.priceTests).toEqual(tests);
    });
  },
);
