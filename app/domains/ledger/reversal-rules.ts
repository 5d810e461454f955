import type { Lot, NewLot, Posting, ProgrammeBucket } from './model.ts';
import {
  allot,
  type Books,
  debtOf,
  each,
  giveBack,
  type Lines,
  lines,
  type Part,
  parts,
  type Ref,
  shopSide,
  type UsedLot,
} from './rules.ts';

/** What a lot that was earned has lost without being spent, and where to. */
export interface Lapsed {
  readonly bucket: 'expired' | 'forfeited';
  readonly lot: number;
  readonly amount: number;
}

/**
 * Takes back what was earned: first from the lots of that very earning, pending before available; then what of them has
 * lapsed counts as taken back already; then from the other lots, the first to expire first; what is still missing was
 * spent and becomes a debt.
 * @param own ids of the lots of that earning
 */
export function takeBackLines(
  books: Books,
  own: readonly number[],
  lapsed: readonly Lapsed[],
  amount: number,
  against: ProgrammeBucket,
): Lines {
  const [mine, others] = [true, false].map((wanted) =>
    books.account.lots.filter((lot) => (own.includes(lot.id) || own.includes(lot.origin ?? 0)) === wanted),
  ) as [Lot[], Lot[]];
  const pending = allot(amount, parts(mine, 'pending'));
  const available = allot(pending.rest, parts(mine, 'available'));
  const fallen: Posting[] = [];
  let rest = available.rest;
  for (const { bucket, lot, amount: gone } of lapsed) {
    const share = Math.min(rest, gone);
    if (share > 0) fallen.push(shopSide(books, bucket, -share, lot));
    rest -= share;
  }
  const other = allot(rest, parts(others, 'available'));
  return {
    lots: [],
    postings: [
      ...each(books, pending.taken, 'pending', -1),
      ...each(books, available.taken, 'available', -1),
      ...each(books, other.taken, 'available', -1),
      ...lines([{ account: books.account.id, bucket: 'available', amount: -other.rest }]),
      ...fallen,
      shopSide(books, against, amount),
    ],
  };
}

/** What of a spending was owed and not there: it lies in no lot. */
const owedPart = 0;

/**
 * Gives back what was spent: first what was owed for it, then to the lots that it came from, those that expire last first,
 * as if less had been spent. A lot of an account that is another's now goes on in a new one; so does what was owed where it
 * was paid off since, and that never expires.
 * @param spent the lots as they were used up
 * @param owed what no lot had
 * @param before how much of it was given back already
 */
export function giveBackLines(
  books: Books,
  { spent, owed }: { readonly spent: readonly UsedLot[]; readonly owed: number },
  { before, amount, against, at }: GiveBackTerms,
): Lines {
  const backwards: readonly Part[] = [{ lot: owedPart, amount: owed }, ...spent.toReversed()];
  const earlier = new Map(allot(before, backwards).taken.map((part) => [part.lot, part.amount]));
  const open = backwards.map(({ lot, amount: used }) => ({ lot, amount: used - (earlier.get(lot) ?? 0) }));
  const { taken } = allot(amount, open);
  const foreign = spent
    .toReversed()
    .filter((used) => used.account !== books.account.id && taken.some((part) => part.lot === used.lot));
  const lots = foreign.map(({ origin, vestAt, expiresAt }): NewLot => ({
    account: books.account.id,
    origin,
    vestAt,
    expiresAt,
  }));
  if (taken.some(({ lot, amount: part }) => lot === owedPart && part > debtOf(books.account)))
    lots.push({ account: books.account.id, origin: null, vestAt: at, expiresAt: null });
  const place = ({ lot }: Part): Ref => {
    if (lot === owedPart) return { newLot: lots.length };
    const index = foreign.findIndex((used) => used.lot === lot);
    return index < 0 ? { lot } : { newLot: index + 1 };
  };
  return { lots, postings: [...giveBack(books, taken, place), shopSide(books, against, -amount)] };
}

export interface GiveBackTerms {
  readonly before: number;
  readonly amount: number;
  readonly against: ProgrammeBucket;
  readonly at: Date;
}
