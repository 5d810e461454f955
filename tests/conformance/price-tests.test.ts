import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CartLine,
  configKeys,
  decodeDiscountConfigs,
  defaultIncentiveRules,
  encodeDiscountConfigs,
  type Offer,
  offersFor,
  priceCart as priceOnServer,
  type PriceTests,
  type UnitValue,
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
import {
  amount,
  box,
  breaks,
  buyGet,
  eachFor,
  eachOff,
  fixed,
  freeShipping,
  goals,
  line,
  mix,
  orderOff,
  percent,
  together,
} from './carts/offers.ts';
import { pricedByPhp } from './carts/priced-by-php.ts';

const at = '2026-01-01T00:00:00.000Z';
const node = 'gid://shopify/DiscountAutomaticNode/900';
/** Two of each, 50.00 in all: a set of 1 and 2 costs 25.00, and 4.00 of that is the merchant's. */
const lines: CartLine[] = [line('1', 1999, 2, { unitCostMinor: 1700 }), line('2', 501, 2, { unitCostMinor: 400 })];
const gross = 5000;
const testOf = (bundleId: string, versions: readonly (readonly UnitValue[])[]): PriceTests => ({
  holdout: { salt: 'pepper', bps: 1000 },
  tests: [
    {
      bundleId,
      layer: 'shop/t',
      from: 0,
      to: 9000,
      salt: 's',
      arms: [[], ...versions].map((values) => ({ share: 2500, values })),
    },
  ],
});
const ids = Array.from({ length: 500 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
const tests = testOf('b', [[percent(1)], [percent(2)], [percent(3)]]);
const [split] = tests.tests;
const isHeld = (id: string) => isHeldOut(id, tests.holdout.salt, tests.holdout.bps);
const armOf = (id: string): number => (split ? split.arms.findIndex((arm) => arm === armIn(id, split)) : -1);
const visitorIn = (arm: number): string => ids.find((id) => armOf(id) === arm && !isHeld(id)) ?? '';

/** Who comes, and the version that is charged: 0 is what stands. */
const visitors: readonly (readonly [who: string, attribute: string | null, version: number])[] = [
  ['the first version: what stands', visitorIn(0), 0],
  ['the second version', visitorIn(1), 1],
  ['the third version', visitorIn(2), 2],
  ['the fourth version, cut by the margin guard on every surface alike', visitorIn(3), 3],
  ['nobody', null, 0],
  ['one who takes no part', ids.find((id) => armOf(id) === -1 && !isHeld(id)) ?? '', 0],
  ['one who is held out of everything', ids.find((id) => isHeld(id) && armOf(id) > 0) ?? '', 0],
  ['a forged word', 'give me the cheapest', 0],
  ['a forged discount', '{"basisPoints":10000}', 0],
];

interface TestedKind {
  readonly offer: Offer;
  /** versions after the first */
  readonly versions: readonly (readonly UnitValue[])[];
  /** what comes off the cart in each, minor units */
  readonly off: readonly number[];
}

const pair = { versions: [[percent(1500)], [amount(333)], [percent(2000)]], off: [500, 750, 666, 800] };
const kinds: readonly (readonly [string, TestedKind])[] = [
  ['a fixed set', { offer: fixed('b', percent(1000), ['1', '2']), ...pair }],
  ['a mix of two', { offer: mix('b', 2, percent(1000), ['1', '2']), ...pair }],
  [
    'a box of two to four',
    {
      offer: box('b', [2, 4], [[2, percent(500)], [4, percent(1000)]], ['1', '2']), // prettier-ignore
      versions: [
        [percent(500), percent(1500)],
        [amount(100), amount(333)],
        [percent(500), percent(2000)],
      ],
      off: [500, 750, 333, 800],
    },
  ],
  [
    'quantity breaks',
    {
      offer: breaks('b', 'mixed', [[2, percent(500)], [4, percent(1000)]], ['1', '2']), // prettier-ignore
      versions: [
        [percent(500), percent(1500)],
        [eachOff(10), eachOff(50)],
        [eachFor(1999), eachFor(1799)],
      ],
      off: [500, 750, 200, 400],
    },
  ],
  [
    'buy one, get one for less',
    {
      offer: buyGet('b', [1, ['1']], [1, ['2']], percent(1000)),
      versions: [[percent(1500)], [eachFor(450)], [percent(10_000)]],
      off: [100, 150, 102, 800],
    },
  ],
  [
    'a pair',
    {
      offer: together('b', ['1'], ['2'], 1000),
      versions: [[percent(1500)], [percent(2000)], [percent(10_000)]],
      off: [50, 75, 100, 400],
    },
  ],
  [
    'goals of the cart',
    {
      offer: goals('b', [[3000, freeShipping], [5000, orderOff(percent(1000))]]), // prettier-ignore
      versions: [[percent(1500)], [amount(333)], [percent(2000)]],
      off: [500, 750, 333, 800],
    },
  ],
];

const shardsOf = ({ offer, versions }: TestedKind): string[] => {
  const costs = lines.map(({ productId, variantId, unitCostMinor }) => ({
    productId,
    variants: [{ id: variantId ?? '', costMinor: unitCostMinor }],
  }));
  const encoded = encodeDiscountConfigs([offer], costs, defaultIncentiveRules, 'EUR', testOf('b', versions));
  if (!encoded.ok) throw new Error(encoded.message);
  return encoded.value;
};

function onServer({ offer, versions }: TestedKind, attribute: string | null): number {
  const cart = { currency: 'EUR', shopCurrency: 'EUR', rate: '1.0', lines, shippingMinor: 0 };
  const bundles = offersFor([offer], testOf('b', versions), visitorOf(attribute));
  return gross - priceOnServer(cart, { bundles, codes: [] }, defaultIncentiveRules, new Date(at)).totalMinor;
}

function inFunction(kind: TestedKind, attribute: string | null): number {
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

let files: DiscountFunctionFiles = { source: new Uint8Array(), inputQuery: '', deliveryQuery: '' };
beforeAll(async () => {
  const query = (name: string) => readFile(join(extensionsFolder, `bundle-discount/src/${name}.graphql`), 'utf8');
  files = {
    source: await bundleDiscountFunction(),
    inputQuery: await query('cart-lines-discounts-generate-run'),
    deliveryQuery: await query('cart-delivery-options-discounts-generate-run'),
  };
});

async function atCheckout(kind: TestedKind, attribute: string | null): Promise<number> {
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
  expect(priced.problems).toEqual([]);
  return gross - priced.subtotal;
}

describe.each(kinds)(
  'a price test of %s takes the same off on the server, in the Function and at the checkout',
  (_, kind) => {
    it.each(visitors)('%s', async (_who, attribute, version) => {
      expect(attribute).not.toBe('');
      const off = kind.off[version];
      expect([onServer(kind, attribute), inFunction(kind, attribute), await atCheckout(kind, attribute)]).toEqual([
        off,
        off,
        off,
      ]);
    });

    it('for hundreds of visitors, server and Function', () => {
      for (const id of ids.slice(0, 200)) expect(inFunction(kind, id)).toBe(onServer(kind, id));
    });

    it('in the plugin', () => {
      const cart = { currency: 'EUR', rate: '1.0', shippingMinor: 0, lines };
      const cases = visitors.map(([, visitor]) => ({ cart: { ...cart, visitor }, configs: shardsOf(kind) }));
      const answers = pricedByPhp(cases) as { totalMinor: number }[];
      expect(answers.map(({ totalMinor }) => gross - totalMinor)).toEqual(visitors.map(([, , at]) => kind.off[at]));
    });

    it('and the shards hold every version', () => {
      expect(decodeDiscountConfigs(shardsOf(kind))?.priceTests).toEqual(testOf('b', kind.versions));
    });
  },
);
