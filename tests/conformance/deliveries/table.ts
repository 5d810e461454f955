import { type BundleOffer, type IncentiveRules, matrixOfRow } from '#app/domains/incentives/index.ts';
import { amount, fixed, line, mix, percent } from '#tests/conformance/carts/offers.ts';
import type { CartCaseLine } from '#tests/conformance/carts/table.ts';

/**
 * Carts with bundles that can be sold as a discount, as one merged line or as a product: whichever way, the total,
 * the revenue of each product and the effect on its stock are the same.
 */
export interface DeliveryCase {
  readonly label: string;
  /** why this edge is in the table */
  readonly why: string;
  readonly currency: string;
  readonly shopCurrency: string;
  readonly rate: string;
  readonly lines: readonly DeliveryLine[];
  readonly bundles: readonly BundleOffer[];
  readonly rules: IncentiveRules;
  /** bundles that are not delivered by the other way, but by discount */
  readonly byDiscount: readonly string[];
  readonly expected: {
    /** all lines after the bundles */
    readonly totalMinor: number;
    /** bundle lines that the cart transform makes */
    readonly merged: number;
    /** by product; missing where no bundle forms */
    readonly revenue: Readonly<Record<string, number>>;
    /** the same where each unit of a bundle product must have one price */
    readonly nativeRevenue: Readonly<Record<string, number>>;
  };
}

export interface DeliveryLine extends CartCaseLine {
  /** what the storefront, or a buyer with a console, wrote on the line */
  readonly mark: string | null;
}

const marked = (mark: string | null, each: CartCaseLine): DeliveryLine => ({ ...each, mark });
const rules: IncentiveRules = {
  combinesWith: matrixOfRow({ product: true, order: true, shipping: true }),
  minMarginBps: 0,
  defaultMarginBps: 5000,
  sellingPlans: 'exclude',
  codeReserve: 0,
};

type Sketch = Pick<DeliveryCase, 'label' | 'why' | 'lines' | 'bundles'> &
  Partial<Pick<DeliveryCase, 'currency' | 'shopCurrency' | 'rate' | 'byDiscount'>> & {
    readonly rules?: Partial<IncentiveRules>;
    readonly total: number;
    readonly merged: number;
    readonly revenue: DeliveryCase['expected']['revenue'];
    readonly nativeRevenue?: DeliveryCase['expected']['revenue'];
  };

const complete = ({ total, merged, revenue, nativeRevenue, ...sketch }: Sketch): DeliveryCase => ({
  currency: 'USD',
  shopCurrency: sketch.currency ?? 'USD',
  rate: '1.0',
  byDiscount: [],
  ...sketch,
  rules: { ...rules, ...sketch.rules },
  expected: { totalMinor: total, merged, revenue, nativeRevenue: nativeRevenue ?? revenue },
});

const a = (each: CartCaseLine): DeliveryLine => marked('a', each);
const ten = percent(1000);
const hundred = percent(10_000);

// One case a line reads as the table that it is.
// prettier-ignore
const sketches: Sketch[] = [
  { label: 'a set of two', why: 'the plain case: 10 % off 30.00', lines: [a(line('1', 1000, 1)), a(line('2', 2000, 1))], bundles: [fixed('a', ten, ['1', '2'])], total: 2700, merged: 1, revenue: { 1: 900, 2: 1800 } },
  { label: 'a set of three', why: '1.00 off three equal parts: the odd cent has one place everywhere', lines: [a(line('1', 1000, 1)), a(line('2', 1000, 1)), a(line('3', 1000, 1))], bundles: [fixed('a', amount(100), ['1', '2', '3'])], total: 2900, merged: 1, revenue: { 1: 966, 2: 967, 3: 967 } },
  { label: 'the set twice', why: 'two sets are one line of two', lines: [a(line('1', 1000, 2)), a(line('2', 2000, 2))], bundles: [fixed('a', ten, ['1', '2'])], total: 5400, merged: 2, revenue: { 1: 1800, 2: 3600 } },
  { label: 'the set twice, with odd cents', why: '2.00 over six equal units is 67 + 67 + 66; two units of a product must be alike: 68 + 66 + 66', lines: [a(line('1', 1000, 2)), a(line('2', 1000, 2)), a(line('3', 1000, 2))], bundles: [fixed('a', amount(100), ['1', '2', '3'])], total: 5800, merged: 2, revenue: { 1: 1933, 2: 1933, 3: 1934 }, nativeRevenue: { 1: 1932, 2: 1934, 3: 1934 } },
  { label: 'two units of a part', why: '3.01 off 2 × 10.00 + 5.00: 2.41 of it over two units is one price for each', lines: [a(line('1', 1000, 2)), a(line('2', 500, 1))], bundles: [fixed('a', amount(301), ['1*2', '2'])], total: 2199, merged: 1, revenue: { 1: 1759, 2: 440 } },
  { label: 'units are left over', why: 'what makes no set stays a line of its own at its full price', lines: [a(line('1', 1000, 3)), a(line('2', 2000, 2))], bundles: [fixed('a', ten, ['1', '2'])], total: 6400, merged: 2, revenue: { 1: 2800, 2: 3600 } },
  { label: 'the same variant on two lines', why: 'line properties split lines; units count together', lines: [a(line('1', 1000, 1, { id: 'L1a' })), a(line('1', 1000, 1, { id: 'L1b' })), a(line('2', 2000, 1))], bundles: [fixed('a', ten, ['1*2', '2'])], total: 3600, merged: 1, revenue: { 1: 1800, 2: 1800 } },
  { label: 'half up', why: '15 % of 9.90 is 148.5 cents: a share of the price must come out at 149', lines: [a(line('1', 330, 1)), a(line('2', 660, 1))], bundles: [fixed('a', percent(1500), ['1', '2'])], total: 841, merged: 1, revenue: { 1: 280, 2: 561 } },
  { label: 'yen', why: 'no decimals: 10 % of ¥1,985 is ¥199', currency: 'JPY', lines: [a(line('1', 995, 1)), a(line('2', 990, 1))], bundles: [fixed('a', ten, ['1', '2'])], total: 1786, merged: 1, revenue: { 1: 895, 2: 891 } },
  { label: 'dinars', why: 'three decimals: 10 % of 19.995 is 2.000', currency: 'KWD', lines: [a(line('1', 12_345, 1)), a(line('2', 7650, 1))], bundles: [fixed('a', ten, ['1', '2'])], total: 17_995, merged: 1, revenue: { 1: 11_110, 2: 6885 } },
  { label: 'paid in euros, set in dollars', why: '5.00 USD off is 4.61 EUR at 0.9213', currency: 'EUR', shopCurrency: 'USD', rate: '0.9213', lines: [a(line('1', 1000, 1)), a(line('2', 1000, 1))], bundles: [fixed('a', amount(500), ['1', '2'])], total: 1539, merged: 1, revenue: { 1: 769, 2: 770 } },
  { label: 'paid in yen, set in dollars', why: 'the minor unit changes as well: ¥748 at 149.55', currency: 'JPY', shopCurrency: 'USD', rate: '149.55', lines: [a(line('1', 3000, 1)), a(line('2', 3000, 1))], bundles: [fixed('a', amount(500), ['1', '2'])], total: 5252, merged: 1, revenue: { 1: 2626, 2: 2626 } },
  { label: 'the margin guard bites', why: 'cost 12.00 at 20 % margin needs 15.00, not 10.00', rules: { minMarginBps: 2000 }, lines: [a(line('1', 1000, 1, { unitCostMinor: 600 })), a(line('2', 1000, 1, { unitCostMinor: 600 }))], bundles: [fixed('a', percent(5000), ['1', '2'])], total: 1500, merged: 1, revenue: { 1: 750, 2: 750 } },
  { label: 'the margin guard refuses', why: 'no set forms, so there is nothing to merge', rules: { minMarginBps: 4000 }, lines: [a(line('1', 1000, 1, { unitCostMinor: 600 })), a(line('2', 1000, 1, { unitCostMinor: 600 }))], bundles: [fixed('a', ten, ['1', '2'])], total: 2000, merged: 0, revenue: { 1: 1000, 2: 1000 } },
  { label: 'a gift card beside the set', why: 'a gift card is money: in no bundle, and at its full price', lines: [a(line('1', 1000, 1)), a(line('2', 2000, 1)), a(line('3', 5000, 1, { giftCard: true }))], bundles: [fixed('a', ten, ['1', '2'])], total: 7700, merged: 1, revenue: { 1: 900, 2: 1800, 3: 5000 } },
  { label: 'a gift card in the set', why: 'a set with a gift card never forms', lines: [a(line('1', 5000, 1, { giftCard: true })), a(line('2', 1000, 1))], bundles: [fixed('a', ten, ['1', '2'])], total: 6000, merged: 0, revenue: { 1: 5000, 2: 1000 } },
  { label: 'a subscription beside the set', why: 'a line with a selling plan is never transformed, the others are', lines: [a(line('1', 1000, 1, { id: 'Lplan', sellingPlan: true })), a(line('1', 1000, 1)), a(line('2', 2000, 1))], bundles: [fixed('a', ten, ['1', '2'])], total: 3700, merged: 1, revenue: { 1: 1900, 2: 1800 } },
  { label: 'a subscription in the set, excluded', why: 'no set forms', lines: [a(line('1', 1000, 1, { sellingPlan: true })), a(line('2', 2000, 1))], bundles: [fixed('a', ten, ['1', '2'])], total: 3000, merged: 0, revenue: { 1: 1000, 2: 2000 } },
  { label: 'a subscription in the set, allowed', why: 'the discount gives the price that the transform may not', rules: { sellingPlans: 'allow' }, lines: [a(line('1', 1000, 1, { sellingPlan: true })), a(line('2', 2000, 1))], bundles: [fixed('a', ten, ['1', '2'])], total: 2700, merged: 0, revenue: { 1: 900, 2: 1800 } },
  { label: 'parts that nobody marked', why: 'put in one by one they stay lines, and the discount gives the price', lines: [marked(null, line('1', 1000, 1)), marked(null, line('2', 2000, 1))], bundles: [fixed('a', ten, ['1', '2'])], total: 2700, merged: 0, revenue: { 1: 900, 2: 1800 } },
  { label: 'a mark that was tampered with', why: 'a mark of another bundle, or of none, changes no price', lines: [marked('b', line('1', 1000, 1)), marked('free', line('2', 2000, 1))], bundles: [fixed('a', ten, ['1', '2']), fixed('b', hundred, ['3', '4'])], total: 2700, merged: 0, revenue: { 1: 900, 2: 1800 } },
  { label: 'a marked part without its others', why: 'a mark makes no bundle', lines: [a(line('1', 1000, 5))], bundles: [fixed('a', hundred, ['1', '2'])], total: 5000, merged: 0, revenue: { 1: 5000 } },
  { label: 'some units marked, some not', why: 'as many sets are merged as were put in together; the discount prices the other', lines: [a(line('1', 1000, 1)), marked(null, line('1', 1000, 1, { id: 'L1b' })), a(line('2', 2000, 2))], bundles: [fixed('a', ten, ['1', '2'])], total: 5400, merged: 1, revenue: { 1: 1800, 2: 3600 } },
  { label: 'one merged, one by discount', why: 'two bundles in one cart, each its own way, no unit in both', byDiscount: ['b'], lines: [a(line('1', 1000, 1)), a(line('2', 2000, 1)), marked('b', line('3', 3000, 1)), marked('b', line('4', 1000, 1))], bundles: [fixed('a', ten, ['1', '2']), fixed('b', amount(500), ['3', '4'])], total: 6200, merged: 1, revenue: { 1: 900, 2: 1800, 3: 2625, 4: 875 } },
  { label: 'two sets want the same unit', why: 'the better one for the shopper forms, whichever way it is delivered', lines: [a(line('1', 1000, 1)), a(line('2', 2000, 1)), marked('b', line('3', 2000, 1))], bundles: [fixed('a', amount(500), ['1', '2']), fixed('b', amount(600), ['1', '3'])], total: 4400, merged: 0, revenue: { 1: 800, 2: 2000, 3: 1600 } },
  { label: 'a mix-and-match beside a set', why: 'only sets are merged, but all compete for units', lines: [a(line('1', 1000, 1)), a(line('2', 2000, 1)), marked('m', line('3', 500, 3))], bundles: [fixed('a', ten, ['1', '2']), mix('m', 3, amount(200), ['3', '4'])], byDiscount: ['m'], total: 4000, merged: 1, revenue: { 1: 900, 2: 1800, 3: 1300 } },
  { label: 'everything free', why: '100 % off is zero, not below', lines: [a(line('1', 999, 1)), a(line('2', 1, 1))], bundles: [fixed('a', hundred, ['1', '2'])], total: 0, merged: 1, revenue: { 1: 0, 2: 0 } },
];

/** The table; labels are unique. */
export const deliveryCases: readonly DeliveryCase[] = sketches.map(complete);
