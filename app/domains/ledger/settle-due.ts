import type { ShopScope } from '#app/infra/database.ts';
import type { AccountRef } from './model.ts';
import { settle } from './perform.ts';
import { findDueAccounts, open, write } from './store.ts';

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
  const due = Map.groupBy(await findDueAccounts(scope, at, limit), (ref) => ref.unit);
  const settled: Settled[] = [];
  for (const refs of due.values()) settled.push(...(await settleAccounts(scope, refs, at)));
  return settled;
}

async function settleAccounts(scope: ShopScope, refs: readonly AccountRef[], at: Date): Promise<Settled[]> {
  const opened = await open(scope, refs, { kind: 'lot', id: '', purpose: '' }, at);
  const found = opened.accounts.map((account) => settle({ account, programme: opened.programme }, at).drafts);
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
