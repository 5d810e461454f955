import type { ShopScope } from '#app/infra/database.ts';
import type { AccountRef, Owner } from './model.ts';
import { closeLines } from './rules.ts';
import { release } from './settle-hold.ts';
import {
  findOwnersToClose,
  forgetMergedNames,
  forgetName,
  noteClosing,
  readOpenHolds,
  readOwnersAccounts,
} from './store-owners.ts';
import { booksOf, open, write } from './store.ts';
import type { StillHeld } from './join-accounts.ts';

/** How long the accounts of a deleted customer wait (milliseconds): a platform may tell of a merge after the deletion. */
const mergeMs = 7 * 24 * 3_600_000;

/**
 * A customer is erased: what is left is forfeited, a debt is given up, and the account keeps its sums under a name that
 * leads to nobody. What went on in another customer's account belongs to that one: only the name goes. Doing it twice
 * does nothing more.
 */
export async function closeAccount(
  scope: ShopScope,
  { account: ref, at }: { readonly account: AccountRef; readonly at: Date },
): Promise<{ readonly code: 'closed' } | StillHeld> {
  const alias = (await readOwnersAccounts(scope, ref)).find((one) => one.unit === ref.unit && one.merged);
  if (alias) {
    await forgetName(scope, alias.id);
    return { code: 'closed' };
  }
  const books = booksOf(await open(scope, { refs: [ref], sources: [], at }), 0, ref.unit);
  const { account } = books;
  if (account.held > 0) return { code: 'held', held: account.held };
  const lines = closeLines(books);
  if (lines.postings.length > 0)
    await write(scope, [
      {
        operation: 'close',
        source: { kind: 'account', id: String(account.id), purpose: 'close' },
        account: account.id,
        amount: Math.abs(account.available) + account.pending,
        overdraft: true,
        related: null,
        details: {},
        at,
        ...lines,
      },
    ]);
  await forgetName(scope, account.id);
  await forgetMergedNames(scope, account.id);
  return { code: 'closed' };
}

/** Closes all accounts of an owner; what was set aside for redemptions is released before. */
export async function closeOwner(scope: ShopScope, owner: Owner, at: Date): Promise<void> {
  for (const { id, unit, merged } of await readOwnersAccounts(scope, owner)) {
    if (!merged)
      for (const hold of await readOpenHolds(scope, id))
        await release(scope, { hold, amount: null, source: { ...hold, kind: `${hold.kind}-ended` }, at });
    const closed = await closeAccount(scope, { account: { ...owner, unit }, at });
    if (closed.code === 'held') throw new Error('something is still held after all was released');
  }
}

/** A customer is gone from the platform: the accounts are closed a week later, unless they went on in another's. */
export async function closeOwnerLater(scope: ShopScope, owner: Owner, at: Date): Promise<void> {
  await noteClosing(scope, owner, new Date(at.getTime() + mergeMs));
}

/**
 * Closes what is to be closed by now, of `limit` owners at most.
 * @returns how many owners it was
 */
export async function closeDue(scope: ShopScope, at: Date, limit: number): Promise<number> {
  const owners = await findOwnersToClose(scope, at, limit);
  for (const owner of owners) await closeOwner(scope, owner, at);
  return owners.length;
}
