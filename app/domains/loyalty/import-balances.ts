import { createHash } from 'node:crypto';
import { earnAll } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { lotTimes } from './lot-times.ts';
import { pointsOf, versionAt } from './model.ts';
import { readRules } from './store.ts';
import { addMembers } from './store-members.ts';

/**
 * Gives customers the points that they had in another app, each customer once for one import.
 * @param balances by customer, above zero
 * @returns customers who got their points now, and those who had them from this import before
 */
export async function importBalances(
  scope: ShopScope,
  { importId, balances }: { readonly importId: string; readonly balances: ReadonlyMap<string, number> },
  now: Date,
): Promise<Result<{ readonly given: number; readonly before: number }, 'no-programme'>> {
  const rules = await readRules(scope);
  const version = rules && (versionAt(rules.versions, now) ?? rules.versions.at(-1));
  if (!version) return fail('no-programme', 'Switch the programme on first');
  const rows = [...balances].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await addMembers(
    scope,
    rows.map(([customerId]) => ({ customerId, joinedAt: now, source: 'import' })),
  );
  const outcomes = await earnAll(
    scope,
    rows.map(([customerId, points]) => ({
      account: pointsOf(customerId),
      amount: points,
      ...lotTimes(now, version.settings, false, rules.timeZone),
      source: { kind: 'loyalty-import', id: sourceOf(importId, customerId), purpose: '' },
      at: now,
      against: 'adjusted' as const,
    })),
  );
  const given = outcomes.filter(({ code }) => code === 'posted').length;
  return ok({ given, before: outcomes.length - given });
}

/** The ledger forgets nothing: who does not know the import, cannot tell whose it was. */
const sourceOf = (importId: string, customerId: string): string =>
  createHash('sha256').update(`${importId}:${customerId}`).digest('hex');
