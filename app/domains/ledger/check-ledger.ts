import type { ShopScope } from '#app/infra/database.ts';
import { countLedger, findDifferences, saveCheck } from './store-checks.ts';

/** What a balance is, and what the postings say that it should be. */
export interface Difference {
  /** account, lot: the balance kept of it · transaction: its sum · debt: an account that owes while its lots hold something */
  readonly what: 'account' | 'lot' | 'transaction' | 'debt';
  readonly id: number;
  readonly bucket: string;
  readonly kept: number;
  readonly posted: number;
}

export interface LedgerCheck {
  readonly checkedAt: Date;
  readonly accounts: number;
  readonly transactions: number;
  /** the first hundred; empty as long as all is well */
  readonly differences: readonly Difference[];
}

/** Adds every posting of a shop up anew and compares; keeps the result. All in one snapshot, so that nothing moves meanwhile. */
export async function checkLedger(scope: ShopScope, now: Date): Promise<LedgerCheck> {
  const differences = await findDifferences(scope);
  const check = { checkedAt: now, ...(await countLedger(scope)), differences };
  await saveCheck(scope, check);
  return check;
}
