import type { Account, Lot, NewLot, OwnerBucket, Posting, ProgrammeBucket } from './model.ts';

/** An owner's account and, by its id, the programme's of the same unit. */
export interface Books {
  readonly account: Account;
  readonly programme: number;
}

/** The lines of a transaction and the lots it opens. */
export interface Lines {
  readonly postings: readonly Posting[];
  readonly lots: readonly NewLot[];
}

export interface Part {
  readonly lot: number;
  readonly amount: number;
}

/** A lot that something was taken from, with its dates: its account may have become another's since. */
export interface UsedLot extends Part {
  readonly account: number;
  readonly origin: number;
  readonly vestAt: Date;
  readonly expiresAt: Date | null;
}

/** Of amounts. */
export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What the owner owes: lots never hold less than nothing, so whatever is below their sum is a debt. */
export const debtOf = ({ available, lots }: Account): number => sum(lots.map((lot) => lot.available)) - available;

export type Ref = { readonly lot: number } | { readonly newLot: number };

/** Makes an amount available: a debt is paid off first, the rest stays in the lot. */
function credit({ account }: Books, ref: Ref, amount: number, debt = debtOf(account)): Posting[] {
  const paid = Math.min(debt, amount);
  return lines([
    { account: account.id, bucket: 'available', amount: paid },
    { account: account.id, bucket: 'available', amount: amount - paid, ...ref },
  ]);
}

/** Without the lines that say nothing. */
export const lines = (postings: readonly Posting[]): Posting[] => postings.filter((posting) => posting.amount !== 0);

export const shopSide = (books: Books, bucket: ProgrammeBucket, amount: number, lot?: number): Posting => ({
  account: books.programme,
  bucket,
  amount,
  ...(lot === undefined ? {} : { lot }),
});

/** Shares an amount out, to each part at most what it holds, in their order. */
export function allot(amount: number, parts: readonly Part[]): { taken: Part[]; rest: number } {
  const taken: Part[] = [];
  let rest = amount;
  for (const { lot, amount: holds } of parts) {
    const share = Math.min(rest, holds);
    if (share > 0) taken.push({ lot, amount: share });
    rest -= share;
  }
  return { taken, rest };
}

export const parts = (lots: readonly Lot[], bucket: OwnerBucket): Part[] =>
  lots.map((lot) => ({ lot: lot.id, amount: lot[bucket] }));

export const each = (books: Books, taken: readonly Part[], bucket: OwnerBucket, sign: 1 | -1): Posting[] =>
  taken.map(({ lot, amount }) => ({ account: books.account.id, bucket, amount: sign * amount, lot }));

/** A new lot, pending until it is due; what is due already is available and pays a debt off first. */
export function earnLines(
  books: Books,
  { amount, vestAt, expiresAt, at, against }: EarnTerms & { readonly at: Date },
): Lines {
  const lots = [{ account: books.account.id, origin: null, vestAt: vestAt ?? at, expiresAt }];
  const pending = vestAt !== null && vestAt > at;
  return {
    lots,
    postings: [
      ...(pending
        ? [{ account: books.account.id, bucket: 'pending', amount, newLot: 1 } as const]
        : credit(books, { newLot: 1 }, amount)),
      shopSide(books, against, -amount),
    ],
  };
}

export interface EarnTerms {
  readonly amount: number;
  readonly vestAt: Date | null;
  readonly expiresAt: Date | null;
  readonly against: 'issued' | 'adjusted';
}

/** A pending lot becomes available. */
export function vestLines(books: Books, lot: Lot): Lines {
  const out = { account: books.account.id, bucket: 'pending', amount: -lot.pending, lot: lot.id } as const;
  return { lots: [], postings: [out, ...credit(books, { lot: lot.id }, lot.pending)] };
}

/** What is left of a lot goes. What is held stays: it comes back, and expires then, or it is spent. */
export function expireLines(books: Books, lot: Lot): Lines {
  return {
    lots: [],
    postings: [
      { account: books.account.id, bucket: 'available', amount: -lot.available, lot: lot.id },
      shopSide(books, 'expired', lot.available, lot.id),
    ],
  };
}

/**
 * Takes an amount out of what is available, the lots that expire first before the others.
 * @param to `held` sets it aside in the same lots
 * @param overdraft what is missing becomes a debt
 * @returns null where it does not suffice
 */
export function spendLines(
  books: Books,
  amount: number,
  to: 'redeemed' | 'adjusted' | 'held',
  overdraft = false,
): Lines | null {
  if (books.account.available < amount && !overdraft) return null;
  const { taken, rest } = allot(amount, parts(books.account.lots, 'available'));
  return {
    lots: [],
    postings: [
      ...each(books, taken, 'available', -1),
      ...lines([{ account: books.account.id, bucket: 'available', amount: -rest }]),
      ...(to === 'held' ? each(books, taken, 'held', 1) : [shopSide(books, to, amount)]),
    ],
  };
}

/** Of what was held, the lots that expire first are used up. */
export function captureLines(books: Books, held: readonly Part[], amount: number): Lines {
  const { taken } = allot(amount, held);
  return { lots: [], postings: [...each(books, taken, 'held', -1), shopSide(books, 'redeemed', amount)] };
}

/** Of what was held, the lots that expire last come back first, as if less had been held. */
export function releaseLines(books: Books, held: readonly Part[], amount: number): Lines {
  const { taken } = allot(amount, held.toReversed());
  return { lots: [], postings: [...each(books, taken, 'held', -1), ...giveBack(books, taken)] };
}

/** Makes parts available again, a debt first. */
export function giveBack(books: Books, returned: readonly Part[], place: (part: Part) => Ref = ({ lot }) => ({ lot })) {
  let debt = debtOf(books.account);
  return returned.flatMap((part) => {
    const postings = credit(books, place(part), part.amount, debt);
    debt -= Math.min(debt, part.amount);
    return postings;
  });
}

/** Everything of an account that holds nothing back goes on in another: lots in new ones, a debt as a debt. */
export function joinLines(from: Account, into: Account): Lines {
  const moving = from.lots.filter((lot) => lot.available + lot.pending > 0);
  const owed = debtOf(from);
  let debt = debtOf(into);
  const postings: Posting[] = [];
  for (const [index, lot] of moving.entries()) {
    const paid = Math.min(debt, lot.available);
    debt -= paid;
    postings.push(
      { account: from.id, bucket: 'pending', amount: -lot.pending, lot: lot.id },
      { account: from.id, bucket: 'available', amount: -lot.available, lot: lot.id },
      { account: into.id, bucket: 'pending', amount: lot.pending, newLot: index + 1 },
      { account: into.id, bucket: 'available', amount: paid },
      { account: into.id, bucket: 'available', amount: lot.available - paid, newLot: index + 1 },
    );
  }
  // Who owes has nothing available, so that the debt meets the other's own lots alone.
  const { taken, rest } = allot(owed, parts(into.lots, 'available'));
  postings.push(
    { account: from.id, bucket: 'available', amount: owed },
    ...taken.map(({ lot, amount }) => ({ account: into.id, bucket: 'available', amount: -amount, lot }) as const),
    { account: into.id, bucket: 'available', amount: -rest },
  );
  return {
    lots: moving.map(({ id, origin, vestAt, expiresAt }) => ({
      account: into.id,
      origin: origin ?? id,
      vestAt,
      expiresAt,
    })),
    postings: lines(postings),
  };
}

/** What is left goes to the programme, which gives up what is owed to it. */
export function closeLines(books: Books): Lines {
  const { account } = books;
  const owed = debtOf(account);
  const emptied = account.lots.flatMap((lot): Posting[] => [
    { account: account.id, bucket: 'pending', amount: -lot.pending, lot: lot.id },
    { account: account.id, bucket: 'available', amount: -lot.available, lot: lot.id },
    shopSide(books, 'forfeited', lot.pending + lot.available, lot.id),
  ]);
  const forgiven: Posting[] = [
    { account: account.id, bucket: 'available', amount: owed },
    shopSide(books, 'forfeited', -owed),
  ];
  return { lots: [], postings: lines([...emptied, ...forgiven]) };
}
