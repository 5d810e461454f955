import type { ShopScope } from '#app/infra/database.ts';
import type { Balances } from './model.ts';

/** What all owners have. One owner's debt is never set against what another has: nobody can pay with it. */
export interface Outstanding extends Balances {
  /** what owners used before it was taken back, above zero; in none of the balances */
  readonly debts: number;
  readonly debtors: number;
}

/** What all owners have at this moment. */
export async function readOutstanding({ shopId, tx }: ShopScope, unit: string): Promise<Outstanding> {
  const [row] = await tx.$queryRaw<Outstanding[]>`
    SELECT coalesce(sum(greatest(available, 0)), 0)::float8 AS available, coalesce(sum(pending), 0)::float8 AS pending,
      coalesce(sum(held), 0)::float8 AS held, coalesce(sum(greatest(-available, 0)), 0)::float8 AS debts,
      count(*) FILTER (WHERE available < 0)::int AS debtors
    FROM ledger_account WHERE shop_id = ${shopId}::uuid AND unit = ${unit} AND owner_kind <> 'programme'`;
  return row ?? nothing;
}

/** What all owners had at an instant, that instant's postings included. */
export async function readOutstandingAt({ shopId, tx }: ShopScope, unit: string, at: Date): Promise<Outstanding> {
  const [row] = await tx.$queryRaw<Outstanding[]>`
    WITH had AS (
      SELECT p.account_id, p.bucket, sum(p.amount) AS amount FROM ledger_account a
      JOIN ledger_posting p ON p.shop_id = a.shop_id AND p.account_id = a.id
      WHERE a.shop_id = ${shopId}::uuid AND a.unit = ${unit} AND a.owner_kind <> 'programme' AND p.at <= ${at}
      GROUP BY 1, 2
    )
    SELECT coalesce(sum(greatest(amount, 0)) FILTER (WHERE bucket = 'available'), 0)::float8 AS available,
      coalesce(sum(amount) FILTER (WHERE bucket = 'pending'), 0)::float8 AS pending,
      coalesce(sum(amount) FILTER (WHERE bucket = 'held'), 0)::float8 AS held,
      coalesce(sum(greatest(-amount, 0)) FILTER (WHERE bucket = 'available'), 0)::float8 AS debts,
      count(*) FILTER (WHERE bucket = 'available' AND amount < 0)::int AS debtors
    FROM had`;
  return row ?? nothing;
}

const nothing: Outstanding = { available: 0, pending: 0, held: 0, debts: 0, debtors: 0 };
