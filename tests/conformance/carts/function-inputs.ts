import fc from 'fast-check';
import {
  type CartLine,
  codeHash,
  type DiscountValue,
  encodeDiscountConfigs,
  type IncentiveRules,
  noOwnCodes,
  type Offer,
  type OwnCodes,
  type PriceTests,
  type ProductCosts,
  type UnitValue,
  valuesOf,
} from '#app/domains/incentives/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import type { FunctionInput } from '#extensions/bundle-discount/src/input.ts';
import { allKinds, lines, offersOf, rules } from './arbitraries.ts';
import type { InputOfBoth } from './surfaces.ts';

const uuid = '7f3b1c52-9d04-4a6e-8a53-5b0e6f2d91c7';
const visitors = [null, uuid, ` ${uuid}\u3000`, uuid.toUpperCase(), 'nobody', '00000000-0000-4000-8000-000000000001'];
const salt = fc.constantFrom('s', 'größer', '😀', '');

/** Running tests of the first two offers; some versions fit an offer, others have too many steps or types it cannot be of. */
const priceTests = fc
  .record({
    own: salt,
    bps: fc.constantFrom(0, 2000, 10_000),
    layer: salt,
    from: fc.constantFrom(0, 3000),
    size: fc.integer({ min: 1, max: 5000 }),
    ids: fc.subarray(['offer-0', 'offer-1']),
    odd: fc.constantFrom(0, 0, 0, 1),
  })
  .map(({ own, bps, layer, from, size, ids, odd }) => (offers: readonly Offer[]): PriceTests => {
    // As many values as the offer has, and sometimes one more.
    const like = (bundleId: string, value: UnitValue): UnitValue[] => {
      const offer = offers.find(({ id }) => id === bundleId);
      const count = Math.max(1, offer ? valuesOf(offer).length : 0) + odd;
      return Array.from({ length: count }, (_, step) =>
        value.type === 'percentage'
          ? { ...value, basisPoints: value.basisPoints + step * 100 }
          : { ...value, minor: value.minor + step * 100 },
      );
    };
    // The offer's own values, with amounts that are higher.
    const higher = (bundleId: string): UnitValue[] => {
      const offer = offers.find(({ id }) => id === bundleId);
      return (offer ? valuesOf(offer) : []).map((value) =>
        value.type === 'percentage' ? value : { ...value, minor: value.minor + size },
      );
    };
    return {
      holdout: { salt: own, bps },
      tests: ids.map((bundleId) => ({
        bundleId,
        layer,
        salt: `${own}${bundleId}`,
        from,
        to: 10_000,
        arms: [
          { share: 3000, values: like(bundleId, { type: 'percentage', basisPoints: size }) },
          { share: 2000, values: like(bundleId, { type: 'amount', minor: size }) },
          { share: 2000, values: like(bundleId, { type: 'price', minor: size }) },
          { share: 2000, values: higher(bundleId) },
          { share: 1000, values: [] },
        ],
      })),
    };
  });

const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'EUR');
const ofShop = fc.constant({ currency: 'USD', shopCurrency: 'USD', rate: '1.0' });
const converted = fc.record({
  currency,
  shopCurrency: currency,
  rate: fc.constantFrom('1.0', '1', '0.9213', '149.55', '0.000001', '123456789.123456789012', '0.0', 'x', '1.', ''),
});
const allClasses = fc.constant<FunctionInput['discount']['discountClasses']>(['PRODUCT', 'ORDER', 'SHIPPING']);
const titles = fc.constantFrom('Offer', 'Set "a" \\ b', '夏のセット', '\t😀\u0001', 'x'.repeat(300));

/** Costs of the products, some of which the shop never entered. */
const costs = fc.array(
  fc
    .record({ productId: fc.constantFrom('1', '2', '3'), costMinor: fc.constantFrom(null, 0, 300, 777, 123_456) })
    .map(({ productId, costMinor }): ProductCosts => ({
      productId,
      variants: [
        { id: 'v1', costMinor },
        { id: 'v2', costMinor: 500 },
      ],
    })),
  { maxLength: 3 },
);

const asEntered = (texts: string[]) => texts.map((code) => ({ code }));
const sizes = fc.oneof(
  fc.integer({ min: 0, max: 10_000 }).map((basisPoints): DiscountValue => ({ type: 'percentage', basisPoints })),
  fc.integer({ min: 1, max: 8_000 }).map((minor): DiscountValue => ({ type: 'amount', minor })),
);
/** What the shop knows of the codes that a shopper may type, mostly nothing. */
const knownCodes = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.record({ code: fc.constantFrom('TEN', 'FüNF', 'X😀Y', 'ALL', 'CODE0', 'CODE1'), value: sizes }), {
        minLength: 1,
        maxLength: 4,
      })
      .map((codes) => ({ knownCodes: codes.map(({ code, value }) => ({ hash: codeHash(code), value })) })),
  },
);

function inputLine(line: CartLine, ofCart: string): FunctionInput['cart']['lines'][number] {
  return {
    id: `gid://shopify/CartLine/${line.id}`,
    quantity: line.quantity,
    cost: { each: { amount: formatDecimal(line.unitPriceMinor, ofCart) } },
    plan: line.sellingPlan ? { __typename: 'SellingPlanAllocation' } : null,
    item: {
      id: `gid://shopify/ProductVariant/${line.variantId}`,
      product: { id: `gid://shopify/Product/${line.productId}`, gift: line.giftCard },
    },
  };
}

const wayOf = (handle: string, amount: string) => ({ handle, cost: { amount } });

/** What Shopify hands to both targets, for these shards and lines. */
export function toInput(
  cartLines: readonly CartLine[],
  { currency: currencyCode, rate }: { readonly currency: string; readonly rate: string },
  shards: readonly string[],
): InputOfBoth {
  const shard = (index: number) => (shards[index] === undefined ? null : { value: shards[index] });
  return {
    cart: {
      visitor: null,
      cost: { subtotalAmount: { currencyCode } },
      deliveryGroups: [
        { deliveryOptions: [wayOf('a', '0.00'), wayOf('b', '4.90'), wayOf('c', '37.5')] },
        { deliveryOptions: [wayOf('d', '12')] },
      ],
      lines: cartLines.map((line) => inputLine(line, currencyCode)),
    },
    discount: {
      discountClasses: ['PRODUCT', 'ORDER', 'SHIPPING'],
      config1: shard(0),
      config2: shard(1),
      config3: shard(2),
      config4: shard(3),
      config5: shard(4),
      config6: shard(5),
    },
    presentmentCurrencyRate: rate,
  };
}

const cellsOf = (own: Partial<OwnCodes>) => ({ ownCodes: { ...noOwnCodes, ...own } });
const share = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.constantFrom(0, 10_000));
const size = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(0, Number.MAX_SAFE_INTEGER));

/** What goals leave to codes of ours, in a store whose checkout does not know them. */
export const ownCodes: fc.Arbitrary<Pick<IncentiveRules, 'ownCodes'>> = fc.oneof(
  fc.record({ basisPoints: share, minor: size }).map(cellsOf),
  fc.record({ bounded: fc.record({ basisPoints: share, minor: size }) }).map(cellsOf),
  fc.record({ basisPoints: share, minor: size, bounded: fc.record({ basisPoints: share, minor: size }) }).map(cellsOf),
);

/** Carts under offers of every kind, in every currency and rate, for visitors of price tests and others. */
export function inputs(
  maxLines: number,
  maxQuantity: number,
  maxOffers: number,
  kinds: Parameters<typeof offersOf>[0] = allKinds,
  left: fc.Arbitrary<Pick<IncentiveRules, 'ownCodes'>> = fc.constant({}),
): fc.Arbitrary<InputOfBoth> {
  return fc
    .record({
      cartLines: lines(maxLines, maxQuantity),
      offers: offersOf(kinds, maxOffers),
      ofMerchant: rules,
      tests: priceTests,
      money: fc.oneof(ofShop, converted),
      texts: fc.array(titles, { minLength: 1, maxLength: 4 }),
      classes: fc.oneof(
        { weight: 4, arbitrary: allClasses },
        { weight: 1, arbitrary: fc.subarray(['PRODUCT', 'ORDER', 'SHIPPING'] as const) },
      ),
      visitor: fc.constantFrom(...visitors),
      entered: fc.subarray(['TEN', 'ten', '', 'Fünf', 'x😀y', 'ALL'], { maxLength: 2 }).map(asEntered),
      known: knownCodes,
      left,
      costs,
    })
    .map(
      ({
        cartLines,
        offers,
        ofMerchant,
        tests,
        money,
        texts,
        classes,
        visitor,
        entered,
        known: namedCodes,
        left: leftTo,
        costs: known,
      }) => {
        const titled = offers.map((offer, at): Offer => ({ ...offer, title: texts[at % texts.length] ?? 'Offer' }));
        const encoded = encodeDiscountConfigs(
          titled,
          known,
          { ...ofMerchant, ...namedCodes, ...leftTo },
          money.shopCurrency,
          tests(titled),
        );
        if (!encoded.ok) throw new Error(encoded.message);
        const input = toInput(cartLines, money, encoded.value);
        return {
          ...input,
          cart: { ...input.cart, visitor: visitor === null ? null : { value: visitor } },
          discount: { ...input.discount, discountClasses: classes },
          codes: entered,
        };
      },
    );
}

const wide = 40;

/** The same offer about other products of many. */
function moved(offer: Offer, by: number): Offer {
  const productOf = (id: string): string => String(((Number(id) * 7 + by) % wide) + 1);
  const items = offer.items.map((item) => ({ ...item, productId: productOf(item.productId) }));
  if (offer.kind !== 'cart-goals') return { ...offer, items };
  const tiers = offer.terms.tiers.map(({ thresholdMinor, reward }) => ({
    thresholdMinor,
    reward: reward.type === 'gift' ? { ...reward, productId: productOf(reward.productId) } : reward,
  }));
  return { ...offer, items, terms: { tiers } };
}

/** Carts of many lines under many offers: beyond what is searched exactly, and beyond 100 lines. */
export const largeInputs: fc.Arbitrary<InputOfBoth> = fc
  .record({
    cartLines: fc.array(
      fc.record({
        product: fc.integer({ min: 1, max: wide }),
        quantity: fc.integer({ min: 1, max: 5 }),
        unitPriceMinor: fc.integer({ min: 0, max: 6000 }),
        giftCard: fc.constantFrom(false, false, false, false, false, true),
      }),
      { minLength: 20, maxLength: 180, size: 'max' },
    ),
    offers: fc.array(
      fc.record({ list: offersOf([...allKinds], 1), by: fc.nat(wide) }),
      { minLength: 5, maxLength: 45, size: 'max' }, // prettier-ignore
    ),
    ofMerchant: rules,
    titled: titles,
  })
  .map(({ cartLines, offers, ofMerchant, titled }) => {
    const all = offers.flatMap(({ list, by }, at) =>
      list.map((offer): Offer => ({ ...moved(offer, by), id: `offer-${at}`, title: titled })),
    );
    const encoded = encodeDiscountConfigs(all, [], ofMerchant, 'USD');
    if (!encoded.ok) throw new Error(encoded.message);
    const own = cartLines.map(({ product, ...line }, at): CartLine => ({
      ...line,
      id: `line-${(at * 37) % 181}`,
      productId: String(product),
      variantId: `v${product}${at % 2}`,
      unitCostMinor: null,
      sellingPlan: false,
    }));
    return toInput(own, { currency: 'USD', rate: '1.0' }, encoded.value);
  });
