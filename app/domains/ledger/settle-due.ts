import type { ShopScope } from '#app/infra/database.ts';
import type { AccountRef } from './model.ts';
import { settle } from './perform.ts';
import { booksOf, findDueAccounts, open, write } from './store.ts';

/** What became available or expired in an account, for whoever tells its owner. */
export interface Settled {
  readonly account: AccountRef;
  readonly what: 'vest' | 'expire';
  readonly amount: number;
}

/**
 * Vests and expires what is due in up to `limit` accounts. Commands do the same for the account that they touch, so this
 * only has to be often enough for what is read.
 * @returns nothing when nothing is due any more
 */
export async function settleDue(scope: ShopScope, at: Date, limit: number): Promise<Settled[]> {
  const refs = await findDueAccounts(scope, at, limit);
  if (refs.length === 0) return [];
  const opened = await open(scope, { refs, sources: [], at });
  const found = refs.map((ref, index) => settle(booksOf(opened, index, ref.unit), at).drafts);
  const drafts = found.flat();
  // Somebody else may have done it while the accounts were waited for.
  if (drafts.length > 0) await write(scope, drafts);
  return refs.flatMap((account, index) =>
    (found[index] ?? []).map(({ operation, amount }): Settled => ({
      account,
      what: operation === 'vest' ? 'vest' : 'expire',
      amount,
    })),
  );
}
