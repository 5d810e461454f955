import { findCustomerIds, hashEmail } from '#app/domains/customers/index.ts';
import { importBalances, readBalanceFile } from '#app/domains/loyalty/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { enqueueTelling } from '../access/enqueue.ts';

export interface ImportReport {
  /** customers of the store with points to bring */
  readonly customers: number;
  readonly points: number;
  /** lines whose customer the store does not know */
  readonly unknown: number;
  /** lines without points, or below zero: a debt is not brought along */
  readonly empty: number;
  readonly unreadable: number;
  /** customers who got their points now; 0 in a dry run */
  readonly given: number;
  /** customers who had them from this very import before */
  readonly before: number;
}

/**
 * Brings balances from another app's export. The same file under the same id changes nothing the second time.
 * @param wish.dry only say what would happen
 */
export async function importBalanceFile(
  { db, clock, secrets, queue }: Pick<Services, 'db' | 'clock' | 'secrets' | 'queue'>,
  shopId: ShopId,
  { importId, text, dry }: { readonly importId: string; readonly text: string; readonly dry: boolean },
): Promise<Result<ImportReport, 'no-columns' | 'no-programme'>> {
  const file = readBalanceFile(text);
  if (!file)
    return fail(
      'no-columns',
      'The first line must name a column with e-mail addresses and one with points, and every quote must be closed.',
    );
  const rows = file.rows.map((row) => ({ ...row, hash: hashEmail(secrets, row.email) }));
  const report = await db.inShop(shopId, async (scope): Promise<Result<ImportReport, 'no-programme'>> => {
    const known = await findCustomerIds(scope, {
      ids: rows.flatMap(({ customerId }) => customerId ?? []),
      hashes: rows.flatMap(({ hash }) => hash ?? []),
    });
    const balances = new Map<string, number>();
    let [unknown, empty] = [0, 0];
    for (const { customerId, hash, points } of rows) {
      const id = known.ids.has(customerId ?? '') ? customerId : (known.byHash.get(hash ?? '') ?? null);
      if (points <= 0) empty += 1;
      else if (id === null) unknown += 1;
      // A customer on two lines has the points of both.
      else balances.set(id, (balances.get(id) ?? 0) + points);
    }
    const points = [...balances.values()].reduce((sum, one) => sum + one, 0);
    const found = { customers: balances.size, points, unknown, empty, unreadable: file.unreadable };
    if (dry || balances.size === 0) return ok({ ...found, given: 0, before: 0 });
    const done = await importBalances(scope, { importId, balances }, clock.now());
    return done.ok ? ok({ ...found, ...done.value }) : done;
  });
  if (report.ok && report.value.given > 0) await enqueueTelling({ queue }, shopId, 'later');
  return report;
}
