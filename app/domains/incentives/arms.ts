import { armIn, isHeldOut, type Split } from '#app/shared/assignment.ts';
import { isUuid } from '#app/shared/ids.ts';
import { type Cell, isOfTypes, readCells, valueCells } from './kinds/cells.ts';
import { kindOf } from './kinds/registry.ts';
import type { Offer, UnitValue } from './model.ts';

/** One version of what an offer gives in a price test. */
export interface PriceArm {
  /** basis points */
  readonly share: number;
  /** in place of the offer's own, in their order (`valuesOf`); empty = the offer as it stands */
  readonly values: readonly UnitValue[];
  /** how a page marks a visitor of this version; not part of the configuration */
  readonly mark?: string;
}

/** A running test of what an offer gives: which visitor gets which. */
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

/** What a price test may vary of an offer, tier by tier; empty where it gives nothing that has a size. */
export function valuesOf(offer: Offer): readonly UnitValue[] {
  return kindOf(offer).variable?.of(offer) ?? [];
}

/** Whether these can stand in place of the offer's own values. */
export function fitsOffer(offer: Offer, values: readonly UnitValue[]): boolean {
  const variable = kindOf(offer).variable;
  return (
    variable !== undefined &&
    values.length === variable.of(offer).length &&
    values.every((value) => isOfTypes(value, variable.types)) &&
    (variable.fits?.(offer, values) ?? true)
  );
}

/** The offer with these values in place of its own; as it stands where they do not fit. */
export function withValues<O extends Offer>(offer: O, values: readonly UnitValue[]): O;
export function withValues(offer: Offer, values: readonly UnitValue[]): Offer {
  return fitsOffer(offer, values) ? (kindOf(offer).variable?.with(offer, values) ?? offer) : offer;
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
    const arm = test && armIn(visitorId, test);
    return arm ? withValues(offer, arm.values) : offer;
  });
}

/**
 * The tests of these bundles as rows of a shard: the holdout first, then for each test its bundle, where its
 * visitors are, its salt and for each version its share and its values (a list). Nothing for no test.
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
      ...arms.flatMap(({ share, values }) => [share, values.length, ...values.flatMap(valueCells)]),
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
    values: cells.list(() => cells.unitValue()),
  }));
  return cells.done() && arms.length > 0 ? { bundleId, layer, salt, from, to, arms } : null;
}
