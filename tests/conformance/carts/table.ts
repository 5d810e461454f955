import { type CodeOffer, type IncentiveRules, matrixOfRow, type Offer } from '#app/domains/incentives/index.ts';
import { kindSketches } from './kinds.ts';
import { ownCodeSketches } from './own-codes.ts';
import { stackingSketches } from './stacking.ts';
import { amount, code, fixed, line, mix, percent } from './offers.ts';

/**
 * Carts with the totals that every surface must reach to the minor unit: the server's rules, the discount
 * Function, the sandbox's checkout and the WooCommerce plugin. Amounts of lines and totals are minor units
 * of `currency`; amounts of offers and costs are minor units of `shopCurrency`.
 */
export interface CartCase {
  readonly label: string;
  /** why this edge is in the table */
  readonly why: string;
  readonly currency: string;
  readonly shopCurrency: string;
  readonly rate: string;
  readonly shippingMinor: number;
  readonly lines: readonly CartCaseLine[];
  readonly bundles: readonly Offer[];
  readonly codes: readonly CodeOffer[];
  readonly rules: IncentiveRules;
  /** ISO instant of the checkout */
  readonly now: string;
  readonly expected: {
    /** bundle discount by line, as the Function (or plugin) gives it */
    readonly bundleByLine: readonly number[];
    /** what the order's goal takes off each line, as the Function gives it */
    readonly goalByLine: readonly number[];
    /** true where the delivery Function makes shipping free */
    readonly freeShipping: boolean;
    /** true where the platform keeps the codes and drops the bundles, because that saves more */
    readonly bundlesDropped: boolean;
    /** code discount by line */
    readonly codeByLine: readonly number[];
    readonly shippingDiscountMinor: number;
    /** lines and shipping after everything */
    readonly totalMinor: number;
    /** whether no other combination of bundles and codes saves more */
    readonly search: 'exact' | 'bounded';
  };
}

export interface CartCaseLine {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly unitCostMinor: number | null;
  readonly giftCard: boolean;
  readonly sellingPlan: boolean;
}

const openRules: IncentiveRules = {
  combinesWith: matrixOfRow({ product: true, order: true, shipping: true }),
  minMarginBps: 0,
  defaultMarginBps: 5000,
  sellingPlans: 'exclude',
  codeReserve: 0,
};
const apart = matrixOfRow({ product: false, order: false, shipping: false });

/** A case with its defaults left out; `off`, `goalOff` and `codeOff` are by line. */
export type Sketch = Pick<CartCase, 'label' | 'why' | 'lines' | 'bundles'> &
  Partial<Omit<CartCase, 'rules' | 'expected'>> & { readonly rules?: Partial<IncentiveRules> } & {
    readonly off: readonly number[];
    readonly goalOff?: readonly number[];
    readonly freeShipping?: boolean;
    readonly total: number;
    readonly dropped?: boolean;
    readonly bounded?: boolean;
    readonly codeOff?: readonly number[];
    readonly shippingOff?: number;
  };

function complete({
  off,
  goalOff,
  freeShipping,
  total,
  dropped,
  bounded,
  codeOff,
  shippingOff,
  rules,
  ...sketch
}: Sketch): CartCase {
  return {
    currency: 'USD',
    shopCurrency: sketch.currency ?? 'USD',
    rate: '1.0',
    shippingMinor: 0,
    codes: [],
    now: '2026-11-20T12:00:00Z',
    ...sketch,
    rules: { ...openRules, ...rules },
    expected: {
      bundleByLine: off,
      goalByLine: goalOff ?? sketch.lines.map(() => 0),
      freeShipping: freeShipping ?? false,
      bundlesDropped: dropped ?? false,
      codeByLine: codeOff ?? sketch.lines.map(() => 0),
      shippingDiscountMinor: shippingOff ?? 0,
      totalMinor: total,
      search: bounded ? 'bounded' : 'exact',
    },
  };
}

// One case a line reads as the table that it is.
// prettier-ignore
const sketches: Sketch[] = [
  { label: 'empty cart', why: 'nothing to price, nothing to fail on', lines: [], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [], total: 0 },
  { label: 'one complete set', why: 'the plain case: 10 % off 30.00', lines: [line('1', 1000, 1), line('2', 2000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [100, 200], total: 2700 },
  { label: 'a part is missing', why: 'an incomplete set saves nothing', lines: [line('1', 1000, 5)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [0], total: 5000 },
  { label: 'amount off is split by price', why: '1.00 over 10.00 and 20.00: exact shares 33.3 and 66.7 cents, largest remainder gives the cent to the second', lines: [line('1', 1000, 1), line('2', 2000, 1)], bundles: [fixed('a', amount(100), ['1', '2'])], off: [33, 67], total: 2900 },
  { label: 'three equal lines share one dollar', why: 'the odd cent goes to the earliest line: 34 + 33 + 33', lines: [line('1', 1000, 1), line('2', 1000, 1), line('3', 1000, 1)], bundles: [fixed('a', amount(100), ['1', '2', '3'])], off: [34, 33, 33], total: 2900 },
  { label: 'percentage rounds half up', why: '15 % of 9.90 is 148.5 cents: 149 off', lines: [line('1', 330, 1), line('2', 660, 1)], bundles: [fixed('a', percent(1500), ['1', '2'])], off: [50, 99], total: 841 },
  { label: 'quantity makes two sets', why: 'a cart holds a set as often as its scarcest part', lines: [line('1', 1000, 2), line('2', 2000, 3)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [200, 400], total: 7400 },
  { label: 'a set that needs two of one', why: '5 units make two pairs, the fifth pays in full', lines: [line('1', 1000, 5)], bundles: [fixed('a', amount(300), ['1*2'])], off: [600], total: 4400 },
  { label: 'the same variant on two lines', why: 'line properties split lines; units count together', lines: [line('1', 1000, 1, { id: 'L1a' }), line('1', 1000, 1, { id: 'L1b' })], bundles: [fixed('a', amount(300), ['1*2'])], off: [150, 150], total: 1700 },
  { label: 'any variant takes the dearest', why: 'a percentage saves more on 30.00 than on 10.00, and the shopper gets the best', lines: [line('1', 1000, 1, { id: 'La', variantId: '11' }), line('1', 3000, 1, { id: 'Lb', variantId: '12' }), line('2', 2000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [0, 300, 200], total: 5500 },
  { label: 'a named variant only', why: 'the dearer variant is not the one that the merchant chose', lines: [line('1', 1000, 1, { id: 'La', variantId: '11' }), line('1', 3000, 1, { id: 'Lb', variantId: '12' }), line('2', 2000, 1)], bundles: [fixed('a', percent(1000), ['1/11', '2'])], off: [100, 0, 200], total: 5700 },
  { label: 'overlap: the better set wins', why: 'one unit cannot be in two bundles; 6.00 beats 5.00', lines: [line('1', 1000, 1), line('2', 2000, 1), line('3', 2000, 1)], bundles: [fixed('a', amount(500), ['1', '2']), fixed('b', amount(600), ['1', '3'])], off: [200, 0, 400], total: 4400 },
  { label: 'overlap: two small beat one large', why: 'greedy would take 8.00; a + c save 10.00', lines: [line('1', 1000, 1), line('2', 1000, 1), line('3', 1000, 1), line('4', 1000, 1)], bundles: [fixed('a', amount(500), ['1', '2']), fixed('b', amount(800), ['2', '3']), fixed('c', amount(500), ['3', '4'])], off: [250, 250, 250, 250], total: 3000 },
  { label: 'overlap with quantities', why: 'with two units of the shared part both sets form', lines: [line('1', 1000, 2), line('2', 2000, 1), line('3', 2000, 1)], bundles: [fixed('a', amount(300), ['1', '2']), fixed('b', amount(600), ['1', '3'])], off: [300, 200, 400], total: 5100 },
  { label: 'mix-and-match: three of many', why: '3 of 4 units; the dearest three: 10 % of 24.00', lines: [line('1', 900, 1), line('2', 800, 1), line('3', 700, 1), line('4', 600, 1)], bundles: [mix('m', 3, percent(1000), ['1', '2', '3', '4'])], off: [90, 80, 70, 0], total: 2760 },
  { label: 'mix-and-match: all units of one product', why: 'the same product may fill the whole bundle', lines: [line('1', 500, 3)], bundles: [mix('m', 3, amount(200), ['1', '2'])], off: [200], total: 1300 },
  { label: 'mix-and-match: leftovers', why: '7 units make two bundles of three; one is left over', lines: [line('1', 500, 4), line('2', 500, 3)], bundles: [mix('m', 3, amount(300), ['1', '2'])], off: [400, 200], total: 2900 },
  { label: 'mix-and-match: too few', why: 'two of three save nothing', lines: [line('1', 500, 2)], bundles: [mix('m', 3, amount(300), ['1', '2'])], off: [0], total: 1000 },
  { label: 'yen have no decimals', why: '10 % of ¥1,985 is 198.5: ¥199, split 100 and 99', currency: 'JPY', lines: [line('1', 995, 1), line('2', 990, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [100, 99], total: 1786 },
  { label: 'dinars have three decimals', why: '10 % of 12.345 + 7.650 KWD is 1.9995: 2.000, split 1.235 and 0.765', currency: 'KWD', lines: [line('1', 12_345, 1), line('2', 7650, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [1235, 765], total: 17_995 },
  { label: 'paid in another currency', why: '5.00 USD off is 4.61 EUR at 0.9213 (460.65 cents, half up)', currency: 'EUR', shopCurrency: 'USD', rate: '0.9213', lines: [line('1', 1000, 1), line('2', 1000, 1)], bundles: [fixed('a', amount(500), ['1', '2'])], off: [231, 230], total: 1539 },
  { label: 'from cents to yen', why: '5.00 USD off is ¥748 at 149.55 (747.75): the minor unit changes as well', currency: 'JPY', shopCurrency: 'USD', rate: '149.55', lines: [line('1', 3000, 1), line('2', 3000, 1)], bundles: [fixed('a', amount(500), ['1', '2'])], off: [374, 374], total: 5252 },
  { label: 'a cost in another currency is rounded up', why: 'cost 15.01 USD is 13.829 EUR, counted as 13.83, so at most 6.17 may come off', currency: 'EUR', shopCurrency: 'USD', rate: '0.9213', lines: [line('1', 1000, 1, { unitCostMinor: 1501 }), line('2', 1000, 1)], bundles: [fixed('a', percent(5000), ['1', '2'])], off: [309, 308], total: 1383 },
  { label: 'the guard bites', why: 'cost 12.00 at 20 % margin needs 15.00; 20.00 − 50 % would be 10.00', rules: { minMarginBps: 2000 }, lines: [line('1', 1000, 1, { unitCostMinor: 600 }), line('2', 1000, 1, { unitCostMinor: 600 })], bundles: [fixed('a', percent(5000), ['1', '2'])], off: [250, 250], total: 1500 },
  { label: 'the guard refuses', why: 'the set is sold at its floor already', rules: { minMarginBps: 4000 }, lines: [line('1', 1000, 1, { unitCostMinor: 600 }), line('2', 1000, 1, { unitCostMinor: 600 })], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [0, 0], total: 2000 },
  { label: 'a rich part carries a poor one', why: 'the guard looks at the set: floor 8.00 + 1.00 of 20.00, 30 % off is fine', lines: [line('1', 1000, 1, { unitCostMinor: 800 }), line('2', 1000, 1, { unitCostMinor: 100 })], bundles: [fixed('a', percent(3000), ['1', '2'])], off: [300, 300], total: 1400 },
  { label: 'sold below cost already', why: 'no room: the discount is zero, never negative', lines: [line('1', 1000, 1, { unitCostMinor: 1500 }), line('2', 1000, 1, { unitCostMinor: 700 })], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [0, 0], total: 2000 },
  { label: 'unknown costs', why: 'default margin 50 % means cost 10.00, margin 20 % needs 12.50: 7.50 of the 8.00 may come off', rules: { minMarginBps: 2000 }, lines: [line('1', 1000, 1, { unitCostMinor: null }), line('2', 1000, 1, { unitCostMinor: null })], bundles: [fixed('a', percent(4000), ['1', '2'])], off: [375, 375], total: 1250 },
  { label: 'the guard chooses the richer units', why: 'with the dear but costly variant nothing may come off; the cheap one saves 2.00', lines: [line('1', 3000, 1, { id: 'La', variantId: '11', unitCostMinor: 6000 }), line('1', 1000, 1, { id: 'Lb', variantId: '12' }), line('2', 1000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [0, 100, 100], total: 4800 },
  { label: 'gift cards are money', why: 'a gift card is never discounted, even if it stands in the offer', lines: [line('1', 5000, 1, { giftCard: true }), line('2', 1000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [0, 0], total: 6000 },
  { label: 'subscription lines stay out', why: 'the merchant excludes lines with a selling plan', lines: [line('1', 1000, 1, { sellingPlan: true }), line('2', 1000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [0, 0], total: 2000 },
  { label: 'subscription lines take part', why: 'the merchant allows them', rules: { sellingPlans: 'allow' }, lines: [line('1', 1000, 1, { sellingPlan: true }), line('2', 1000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], off: [100, 100], total: 1800 },
  { label: 'expired', why: 'the end is exclusive: at that very instant it is over', lines: [line('1', 1000, 1), line('2', 1000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'], { endsAt: '2026-11-20T12:00:00Z' })], off: [0, 0], total: 2000 },
  { label: 'starts now', why: 'the start is inclusive', lines: [line('1', 1000, 1), line('2', 1000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'], { startsAt: '2026-11-20T12:00:00Z' })], off: [100, 100], total: 1800 },
  { label: 'not started', why: 'one second too early', lines: [line('1', 1000, 1), line('2', 1000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'], { startsAt: '2026-11-20T12:00:01Z' })], off: [0, 0], total: 2000 },
  { label: 'everything free', why: '100 % off with no cost ends at zero, not below', lines: [line('1', 999, 1), line('2', 1, 1)], bundles: [fixed('a', percent(10_000), ['1', '2'])], off: [999, 1], total: 0 },
  { label: 'amount above the price', why: 'a price fell after the merchant saved: off is the whole price, no more', lines: [line('1', 100, 1), line('2', 100, 1)], bundles: [fixed('a', amount(500), ['1', '2'])], off: [100, 100], total: 0 },
  { label: 'a free part', why: 'a line of 0.00 takes no share', lines: [line('1', 0, 1), line('2', 1000, 2)], bundles: [fixed('a', percent(1000), ['2*2'])], off: [0, 200], total: 1800 },
  { label: 'an order code on top', why: '10 % of what is left after the bundle: 27.00 → 2.70', lines: [line('1', 1000, 1), line('2', 2000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], codes: [code('TEN', {})], off: [100, 200], codeOff: [90, 180], total: 2430 },
  { label: 'an order code that may not combine, and is better', why: '20 % of 30.00 beats 10 %; the platform keeps the better', rules: { combinesWith: apart }, lines: [line('1', 1000, 1), line('2', 2000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], codes: [code('TWENTY', { value: percent(2000) })], off: [100, 200], dropped: true, codeOff: [200, 400], total: 2400 },
  { label: 'an order code that may not combine, and is worse', why: '5 % loses against 10 %', rules: { combinesWith: apart }, lines: [line('1', 1000, 1), line('2', 2000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], codes: [code('FIVE', { value: percent(500) })], off: [100, 200], total: 2700 },
  { label: 'a product code beside a bundle', why: 'a line takes one product discount: the code takes the free line', lines: [line('1', 1000, 1), line('2', 1000, 1), line('3', 1000, 1)], bundles: [fixed('a', percent(2000), ['1', '2'])], codes: [code('ITEM', { class: 'product' })], off: [200, 200, 0], codeOff: [0, 0, 100], total: 2500, bounded: true },
  { label: 'a product code that stands beside no bundle', why: 'the merchant lets them not meet: the bundle or the code is all there is to choose', lines: [line('1', 1000, 1), line('2', 1000, 1), line('3', 1000, 1)], bundles: [fixed('a', percent(2000), ['1', '2'])], codes: [code('ITEM', { class: 'product' })], rules: { combinesWith: matrixOfRow({ product: false, order: true, shipping: true }) }, off: [200, 200, 0], total: 2600 },
  { label: 'free shipping on top', why: 'shipping is its own class', shippingMinor: 495, lines: [line('1', 1000, 1), line('2', 2000, 1)], bundles: [fixed('a', percent(1000), ['1', '2'])], codes: [code('SHIP', { class: 'shipping', value: percent(10_000) })], off: [100, 200], shippingOff: 495, total: 2700 },
  { label: 'a gift card and an order code', why: 'the code spares the gift card', lines: [line('1', 5000, 1, { giftCard: true }), line('2', 1000, 1)], bundles: [], codes: [code('TEN', {})], off: [0, 0], codeOff: [0, 100], total: 5900 },
  { label: 'no offers', why: 'a store without bundles', lines: [line('1', 1234, 3)], bundles: [], off: [0], total: 3702 },
];

/** The table; labels are unique. */
export const cartCases: readonly CartCase[] = [...sketches, ...kindSketches, ...stackingSketches].map(complete);

/** Priced alike by both twins of the rules; a platform's own checkout gives each line the larger of the two. */
// prettier-ignore
export const cartsOfRules: readonly CartCase[] = ([
  { label: 'a product code that one of two bundles should leave its lines to', why: 'all bundles beside the code and none are compared: the first bundle and the code on the other lines would take 600 off', lines: [line('1', 1000, 1), line('2', 1000, 1), line('3', 1000, 1), line('4', 1000, 1)], bundles: [fixed('a', percent(2000), ['1', '2']), fixed('b', percent(500), ['3', '4'])], codes: [code('ITEM', { class: 'product' })], off: [200, 200, 50, 50], total: 3500, bounded: true },
] satisfies Sketch[]).map(complete);

/** Of a checkout that does not know which entered codes are ours: priced by the server and the Function alike. */
export const cartsWithOwnCodes: readonly CartCase[] = ownCodeSketches.map(complete);
