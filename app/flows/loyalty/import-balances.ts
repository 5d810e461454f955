import { createHash } from 'node:crypto';
import { findCustomerIds, hashEmail } from '#app/domains/customers/index.ts';
import { importBalances, readBalanceFile, type ReadColumns, type RefusedLine } from '#app/domains/loyalty/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { ok, type Result } from '#app/shared/result.ts';
import { enqueueTelling } from '../access/enqueue.ts';

/** Lines that are told one by one; beyond them they are only counted. */
const mostTold = 20;

export interface ImportReport {
  /** null of nothing: no piece of a file was read yet */
  readonly columns: ReadColumns | null;
  /** customers of the store with points to bring */
  readonly customers: number;
  readonly points: number;
  /** balances with a fraction of a point, which is rounded up */
  readonly rounded: number;
  /** lines whose customer the store does not know */
  readonly unknown: number;
  /** lines without points, or below zero: a debt is not brought along */
  readonly empty: number;
  /** lines that are not taken */
  readonly refused: number;
  /** the first of them */
  readonly refusedLines: readonly RefusedLine[];
  /** customers who got their points now; 0 in a dry run */
  readonly given: number;
  /** customers who had them from this very text before */
  readonly before: number;
}

/**
 * Brings balances from another app's export. The same text changes nothing the second time, whenever it comes.
 * @param wish.dry only say what would happen
 */
export async function importBalanceFile(
  { db, clock, secrets, queue }: Pick<Services, 'db' | 'clock' | 'secrets' | 'queue'>,
  shopId: ShopId,
  { text, dry }: { readonly text: string; readonly dry: boolean },
): Promise<Result<ImportReport, 'no-columns' | 'open-quote' | 'no-programme'>> {
  const read = readBalanceFile(text);
  if (!read.ok) return read;
  const file = read.value;
  const rows = file.rows.map((row) => ({ ...row, hash: hashEmail(secrets, row.email) }));
  const report = await db.inShop(shopId, async (scope): Promise<Result<ImportReport, 'no-programme'>> => {
    const known = await findCustomerIds(scope, {
      ids: rows.flatMap(({ customerId }) => customerId ?? []),
      hashes: rows.flatMap(({ hash }) => hash ?? []),
      held: !dry,
    });
    const balances = new Map<string, number>();
    const refused: RefusedLine[] = [...file.refused];
    let [unknown, empty] = [0, 0];
    for (const { line, customerId, hash, points } of rows) {
      const byNumber = customerId !== null && known.ids.has(customerId) ? customerId : null;
      const byAddress = (hash === null ? null : known.byHash.get(hash)) ?? null;
      const own = byNumber === null ? null : (known.hashes.get(byNumber) ?? null);
      const id = byNumber ?? byAddress;
      if (points <= 0) empty += 1;
      // An app's own number may be that of somebody else here, who may have no address.
      else if (byNumber !== null && hash !== null && own !== hash && (own ?? byAddress) !== null)
        refused.push({ line, why: 'two-customers', points: String(points) });
      else if (id === null) unknown += 1;
      // A customer on two lines has the points of both.
      else balances.set(id, (balances.get(id) ?? 0) + points);
    }
    const points = [...balances.values()].reduce((sum, one) => sum + one, 0);
    const found = {
      columns: file.columns,
      customers: balances.size,
      points,
      rounded: file.rounded,
      unknown,
      empty,
      refused: refused.length,
      refusedLines: refused.toSorted((a, b) => a.line - b.line).slice(0, mostTold),
    };
    if (dry || balances.size === 0) return ok({ ...found, given: 0, before: 0 });
    const importId = createHash('sha256').update(text).digest('hex');
    const done = await importBalances(scope, { importId, balances }, clock.now());
    return done.ok ? ok({ ...found, ...done.value }) : done;
  });
  if (report.ok && report.value.given > 0) await enqueueTelling({ queue }, shopId, 'later');
  return report;
}
