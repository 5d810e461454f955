import { armIn, isHeldOut, type Split } from '#app/shared/assignment.ts';
import { isUuid } from '#app/shared/ids.ts';
import { type Cell, readCells, valueCells } from './kinds/cells.ts';
import type { DiscountValue, Offer } from './model.ts';

/** One version of a bundle's discount in a price test. */
export interface PriceArm {
  /** basis points */
  readonly share: number;
  /** null = the bundle as it stands */
  readonly discount: DiscountValue | null;
  /** how a page marks a visitor of this version; not part of the configuration */
  readonly mark?: string;
}

/** A running test of a set's discount: which visitor gets which. */
export interface PriceTest extends Split<PriceArm> {
  readonly bundleId: string;
}

/** All price tests of a shop, with the share of visitors who are held out of everything and see no version. */
export interface PriceTests {
  readonly holdout: { readonly salt: string; readonly bps: number };
  readonly tests: readonly PriceTest[];
}

export const noPriceTests: PriceTests = { holdout: { salt: '', bps: 0 }, tests: [] };

/**
 * The visitor that a cart names, or null. A shopper can write anything there: whatever they write leads to one of
 * the versions that the merchant allowed, and what is no id at all to the bundle as it stands.
 */
export function visitorOf(text: string | null | undefined): string | null {
  const id = text?.trim() ?? '';
  return isUuid(id) ? id : null;
}

/** The set with this discount; any other kind as it stands, because its terms are more than one discount. */
export function withDiscount<O extends Offer>(offer: O, discount: DiscountValue): O {
  return offer.kind === 'fixed' || offer.kind === 'mix-and-match' ? { ...offer, discount } : offer;
}

/**
 * The offers as this visitor gets them. Server, Function and sandbox checkout ask this one function with the id
 * that the cart names, so that what is shown, priced and charged is one version.
 */
export function offersFor(
  offers: readonly Offer[],
  { holdout, tests }: PriceTests,
  visitorId: string | null,
): readonly Offer[] {
  if (tests.length === 0 || visitorId === null || isHeldOut(visitorId, holdout.salt, holdout.bps)) return offers;
  return offers.map((offer) => {
    const test = tests.find((one) => one.bundleId === offer.id);
    const discount = test && armIn(visitorId, test)?.discount;
    return discount ? withDiscount(offer, discount) : offer;
  });
}

/**
 * The tests of these bundles as rows of a shard: the holdout first, then for each test its bundle, where its
 * visitors are, its salt and for each version its share and discount. Nothing for no test.
 */
export function writePriceTests({ holdout, tests }: PriceTests, bundleIds: ReadonlySet<string>): Cell[][] {
  const own = tests.filter((test) => bundleIds.has(test.bundleId)).sort((a, b) => (a.bundleId < b.bundleId ? -1 : 1));
  if (own.length === 0) return [];
  return [
    [holdout.salt, holdout.bps],
    ...own.map(({ bundleId, layer, from, to, salt, arms }) => [
      bundleId,
      layer,
      salt,
      from,
      to,
      ...arms.flatMap(({ share, discount }) => (discount ? [share, 1, ...valueCells(discount)] : [share, 0])),
    ]),
  ];
}

/** Reads rows back; null when any cell is not what `writePriceTests` writes. */
export function readPriceTests(rows: readonly (readonly Cell[])[]): PriceTests | null {
  const [head, ...rest] = rows;
  if (!head) return noPriceTests;
  const [salt] = head;
  const reader = readCells(head, 1, []);
  const bps = reader.count(0, 10_000);
  const tests = rest.map(readPriceTest).filter((test) => test !== null);
  if (typeof salt !== 'string' || !reader.done() || tests.length !== rest.length) return null;
  return { holdout: { salt, bps }, tests };
}

function readPriceTest(row: readonly Cell[]): PriceTest | null {
  const [bundleId, layer, salt] = row;
  if (typeof bundleId !== 'string' || typeof layer !== 'string' || typeof salt !== 'string') return null;
  const cells = readCells(row, 3, []);
  const from = cells.count(0, 10_000);
  const to = cells.count(0, 10_000);
  const arms = cells.rest((): PriceArm => ({
    share: cells.count(0, 10_000),
    discount: cells.count(0, 1) === 1 ? cells.discount() : null,
  }));
  return cells.done() && arms.length > 0 ? { bundleId, layer, salt, from, to, arms } : null;
}
