import fc from 'fast-check';
import {
  type Cart,
  type CartLine,
  type CodeOffer,
  type IncentiveRules,
  type ItemRole,
  matrixOf,
  type Offer,
  type StackPair,
} from '#app/domains/incentives/index.ts';

// Weights keep most carts able to form bundles: what is excluded, unprofitable or absent is the rarer case.
const rarely = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const variantId = fc.oneof({ weight: 4, arbitrary: fc.constant('v1') }, { weight: 1, arbitrary: fc.constant('v2') });
function mostly<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

const percentage = fc.record({
  type: fc.constant('percentage' as const),
  basisPoints: fc.integer({ min: 1, max: 10_000 }),
});
const minor = fc.integer({ min: 1, max: 3000 });
const discount = fc.oneof(percentage, fc.record({ type: fc.constant('amount' as const), minor }));
const unitValue = fc.oneof(
  percentage,
  fc.record({ type: fc.constantFrom('amount' as const, 'price' as const), minor }),
);
const productId = fc.constantFrom('1', '2', '3');

function items(role: ItemRole, maxLength = 3) {
  return fc
    .uniqueArray(
      fc.record({
        productId,
        variantId: mostly(fc.constant<string | null>(null), variantId),
        quantity: fc.constant(1),
      }),
      { minLength: 1, maxLength, selector: (item) => item.productId },
    )
    .map((list) => list.map((item) => ({ ...item, role })));
}

const head = { id: '', title: 'Offer', startsAt: null, endsAt: null };
const times = fc.integer({ min: 1, max: 3 });

/** Arbitrary offers by kind, over products 1 to 3. */
export const offerKinds = {
  set: fc
    .record({
      kind: fc.constantFrom('fixed' as const, 'mix-and-match' as const),
      pickCount: fc.integer({ min: 2, max: 3 }),
      discount,
      items: fc.uniqueArray(
        fc.record({
          productId,
          variantId: mostly(fc.constant<string | null>(null), variantId),
          quantity: mostly(fc.constant(1), fc.constant(2)),
        }),
        { minLength: 1, maxLength: 3, selector: (item) => item.productId },
      ),
    })
    .map((values): Offer => ({ ...head, ...values })),
  'build-a-box': fc
    .record({
      minUnits: fc.integer({ min: 2, max: 3 }),
      more: fc.nat(2),
      first: discount,
      second: discount,
      items: items('part'),
    })
    .map(({ minUnits, more, first, second, items: parts }): Offer => ({
      ...head,
      kind: 'build-a-box',
      items: parts,
      terms: {
        minUnits,
        maxUnits: minUnits + more,
        tiers: [
          { units: minUnits, discount: first },
          { units: minUnits + 1, discount: second },
        ],
      },
    })),
  'quantity-breaks': fc
    .record({
      per: fc.constantFrom('mixed' as const, 'product' as const),
      units: fc.integer({ min: 1, max: 3 }),
      low: fc.integer({ min: 1, max: 5000 }),
      high: fc.integer({ min: 5001, max: 10_000 }),
      price: fc.boolean(),
      items: items('part'),
    })
    .map(({ per, units, low, high, price, items: parts }): Offer => ({
      ...head,
      kind: 'quantity-breaks',
      items: parts,
      terms: {
        per,
        tiers: [low, high].map((size, index) => ({
          units: units + index * 2,
          value: price
            ? { type: 'price', minor: 6000 - Math.floor(size / 2) }
            : { type: 'percentage', basisPoints: size },
        })),
      },
    })),
  'buy-x-get-y': fc
    .record({
      buyUnits: fc.integer({ min: 1, max: 2 }),
      getUnits: fc.integer({ min: 1, max: 2 }),
      value: unitValue,
      timesPerOrder: times,
      buy: items('buy', 2),
      get: items('get', 2),
    })
    .map(({ buy, get, ...terms }): Offer => ({ ...head, kind: 'buy-x-get-y', items: [...buy, ...get], terms })),
  'together-offer': fc
    .record({
      basisPoints: fc.integer({ min: 1, max: 10_000 }),
      timesPerOrder: times,
      buy: items('buy', 2),
      get: items('get', 2),
    })
    .map(({ buy, get, ...terms }): Offer => ({ ...head, kind: 'together-offer', items: [...buy, ...get], terms })),
  gift: fc
    .record({
      trigger: fc.record({ type: fc.constant('buy' as const), units: fc.integer({ min: 1, max: 2 }) }),
      timesPerOrder: times,
      buy: items('buy', 2),
      gift: items('gift', 1),
    })
    .map(({ buy, gift, ...terms }): Offer => ({ ...head, kind: 'gift', items: [...buy, ...gift], terms })),
  'gift by subtotal': fc
    .record({
      trigger: fc.record({ type: fc.constant('subtotal' as const), minor: fc.integer({ min: 1, max: 9000 }) }),
      timesPerOrder: times,
      gift: items('gift', 1),
    })
    .map(({ gift, ...terms }): Offer => ({ ...head, kind: 'gift', items: gift, terms })),
  'cart-goals': fc
    .array(
      fc.record({
        step: fc.integer({ min: 1, max: 6000 }),
        reward: fc.oneof(
          fc.record({ type: fc.constant('order-discount' as const), value: discount }),
          fc.constant({ type: 'free-shipping' as const }),
          fc.record({ type: fc.constant('gift' as const), productId, variantId: fc.constant(null) }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((steps): Offer => {
      let thresholdMinor = 0;
      const tiers = steps.map(({ step, reward }) => ({ thresholdMinor: (thresholdMinor += step), reward }));
      const gifts = tiers.flatMap(({ reward }) => (reward.type === 'gift' ? [reward] : []));
      const unique = [...new Map(gifts.map((gift) => [gift.productId, gift])).values()];
      return {
        ...head,
        kind: 'cart-goals',
        terms: { tiers },
        items: unique.map((gift) => ({ productId: gift.productId, variantId: null, quantity: 1, role: 'gift' })),
      };
    }),
};

function named(list: readonly Offer[]): Offer[] {
  return list.map((entry, index) => ({ ...entry, id: `offer-${index}` }));
}

/** Up to `maxLength` offers of these kinds; all kinds where none is named. */
export function offersOf(kinds: readonly (keyof typeof offerKinds)[], maxLength = 3): fc.Arbitrary<Offer[]> {
  return fc.array(fc.oneof(...kinds.map((kind) => offerKinds[kind])), { minLength: 1, maxLength }).map(named);
}

/** Kinds whose saving is a sum over sets of units. */
export const setKinds = [
  'set',
  'build-a-box',
  'quantity-breaks',
  'buy-x-get-y',
  'together-offer',
  'gift',
] as const satisfies (keyof typeof offerKinds)[];
export const allKinds = [...setKinds, 'gift by subtotal', 'cart-goals'] as const satisfies (keyof typeof offerKinds)[];

export function lines(maxLines: number, maxQuantity: number): fc.Arbitrary<CartLine[]> {
  return fc
    .array(
      fc.record({
        productId,
        variantId,
        quantity: fc.integer({ min: 1, max: maxQuantity }),
        unitPriceMinor: mostly(fc.integer({ min: 1000, max: 5000 }), fc.integer({ min: 0, max: 10 })),
        unitCostMinor: mostly<number | null>(fc.integer({ min: 0, max: 1500 }), fc.constantFrom(null, 6000)),
        giftCard: rarely,
        sellingPlan: rarely,
      }),
      { maxLength: maxLines },
    )
    .map((list) => list.map((entry, index) => ({ ...entry, id: `line-${index}` })));
}

export function cart(maxLines: number, maxQuantity: number): fc.Arbitrary<Cart> {
  return fc.record({
    currency: mostly(fc.constant('USD'), fc.constantFrom('JPY', 'KWD')),
    shopCurrency: mostly(fc.constant('USD'), fc.constant('JPY')),
    rate: fc.constantFrom('1.0', '0.9213', '1.4955'),
    lines: lines(maxLines, maxQuantity),
    shippingMinor: fc.integer({ min: 0, max: 1000 }),
  });
}

const pairs: readonly StackPair[] = [
  'product-product',
  'product-order',
  'product-shipping',
  'order-order',
  'order-shipping',
  'shipping-shipping',
];

export const rules: fc.Arbitrary<IncentiveRules> = fc.record({
  combinesWith: fc
    .array(fc.boolean(), { minLength: 6, maxLength: 6 })
    .map((stands) => matrixOf((pair) => stands[pairs.indexOf(pair)] === true)),
  minMarginBps: mostly(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 10_000 })),
  defaultMarginBps: fc.integer({ min: 0, max: 10_000 }),
  sellingPlans: fc.constantFrom('exclude' as const, 'allow' as const),
  codeReserve: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9999 }), fc.constant('exact' as const)),
});

export const codes: fc.Arbitrary<CodeOffer[]> = fc
  .array(
    fc.record({
      class: fc.constantFrom('product' as const, 'order' as const, 'shipping' as const),
      value: discount,
      combinesWith: fc.record({ product: fc.boolean(), order: fc.boolean(), shipping: fc.boolean() }),
      runBy: fc.constant('trellis' as const),
    }),
    { maxLength: 3 },
  )
  .map((list) => list.map((entry, index) => ({ ...entry, code: `CODE${index}` })));
