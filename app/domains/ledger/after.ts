import type { Account, Bucket, Lot, Posting } from './model.ts';
import { type Lines, sum } from './rules.ts';

/** A line whose new lot, the `newLot`th after `opened` others, has a number among all of a writing. */
export function numbered({ newLot, ...posting }: Posting, opened: number): Posting {
  return newLot === undefined ? posting : { ...posting, lot: -(opened + newLot) };
}

/**
 * Balances after a transaction, to decide on before it is written.
 * @param opened lots that transactions before it in the same writing open
 */
export function after(account: Account, { postings, lots }: Lines, opened = 0): Account {
  const own = postings.filter((one) => one.account === account.id).map((one) => numbered(one, opened));
  const moved = (bucket: Bucket, lot?: number): number =>
    sum(own.filter((one) => one.bucket === bucket && (lot === undefined || one.lot === lot)).map((one) => one.amount));
  const fresh = lots.flatMap(({ account: owner, ...lot }, index): Lot[] =>
    owner === account.id ? [{ ...lot, id: -(opened + index + 1), version: 0, available: 0, pending: 0, held: 0 }] : [],
  );
  return {
    ...account,
    available: account.available + moved('available'),
    pending: account.pending + moved('pending'),
    held: account.held + moved('held'),
    lots: [...account.lots, ...fresh]
      .map((lot) => ({
        ...lot,
        available: lot.available + moved('available', lot.id),
        pending: lot.pending + moved('pending', lot.id),
        held: lot.held + moved('held', lot.id),
      }))
      .sort(soonestFirst),
  };
}

/** The order in which lots are used up: as they expire, then as they vest, then as they were opened. */
function soonestFirst(a: Lot, b: Lot): number {
  const [first, second] = [a, b].map((lot) => lot.expiresAt?.getTime() ?? Infinity) as [number, number];
  if (first !== second) return first - second;
  // Those that are not written yet come after all others, in their order.
  const opened = Math.sign(b.id) - Math.sign(a.id) || Math.abs(a.id) - Math.abs(b.id);
  return a.vestAt.getTime() - b.vestAt.getTime() || opened;
}

/** A lot whose time has come, and for what. Vesting comes first: what was late in both ways was available in between. */
export function dueLot(account: Account, at: Date): { readonly lot: Lot; readonly what: 'vest' | 'expire' } | null {
  const vesting = account.lots
    .filter((lot) => lot.pending > 0 && lot.vestAt <= at)
    .sort((a, b) => a.vestAt.getTime() - b.vestAt.getTime() || a.id - b.id)[0];
  if (vesting) return { lot: vesting, what: 'vest' };
  const expired = account.lots.find((lot) => lot.available > 0 && lot.expiresAt !== null && lot.expiresAt <= at);
  return expired ? { lot: expired, what: 'expire' } : null;
}
