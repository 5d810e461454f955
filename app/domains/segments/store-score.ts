import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { hashesOf, mailboxesAt, mailboxesOf, mailboxesWithout } from './store-mailboxes.ts';
import {
  bought,
  changedIn,
  customerScores,
  groupName,
  guestScores,
  scoreColumns,
  type ScoreTable,
} from './store-scoring.ts';
import { type Sql, sql } from './store-sql.ts';

/** Who bought, in the words of both tables of scores. */
export interface Buyers {
  /** ids of accounts */
  readonly customers: readonly string[];
  /** keys of mailboxes that ordered without one */
  readonly guests: readonly string[];
}

/** How many of the fit's cuts a value has reached, plus one. */
const reached = (cuts: Sql, value: Sql) =>
  sql`(1 + (SELECT count(*) FROM unnest(${cuts}) AS cut WHERE cut <= ${value}))::int`;

/** Relations of a WITH: these buyers `scored` by the fit that stands, and those `gone` who have no order left. */
const scoredByFit = (shopId: ShopId, orders: Sql, { table, key }: ScoreTable, ids: readonly string[]): Sql => sql`
    fit AS (SELECT * FROM segment_fit WHERE shop_id = ${shopId}::uuid),
    bought AS MATERIALIZED (${orders}),
    scored AS MATERIALIZED (
      SELECT s.*, ${groupName} AS group_name FROM (
        SELECT b.*, fit.sure, ${reached(sql`fit.recency_cuts`, sql`b.last_at`)} AS r,
          ${reached(sql`fit.frequency_cuts`, sql`b.orders`)} AS f,
          ${reached(sql`fit.money_cuts`, sql`b.spent`)} AS m
        FROM bought b, fit) s),
    gone AS (
      DELETE FROM ${table} c WHERE shop_id = ${shopId}::uuid AND ${key} = ANY(${[...ids]}::text[])
        AND NOT EXISTS (SELECT 1 FROM bought b WHERE b.buyer = c.${key})
      RETURNING ${key} AS buyer, "group")`;

const put = (shopId: ShopId, scores: ScoreTable, now: Date): Sql => sql`
    INSERT INTO ${scores.table} AS c (${scoreColumns(scores)})
    SELECT ${shopId}::uuid, buyer, orders, spent, first_at, last_at, r, f, m, sure, group_name, ${now}, ${now}
    FROM scored ORDER BY buyer
    ON CONFLICT (shop_id, ${scores.key}) DO UPDATE SET orders = excluded.orders, spent_minor = excluded.spent_minor,
      first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at, recency = excluded.recency,
      frequency = excluded.frequency, money = excluded.money, "group" = excluded."group",
      group_since = CASE WHEN c."group" = excluded."group" THEN c.group_since ELSE excluded.group_since END,
      scored_at = greatest(c.scored_at, excluded.scored_at)`;

/** The currency that the shop was last divided in; null = it never was. */
async function currencyOf({ shopId, tx }: ShopScope): Promise<string | null> {
  const fit = await tx.segmentFit.findUnique({ where: { shopId }, select: { currency: true } });
  return fit?.currency ?? null;
}

/**
 * Scores these customers anew by the fit that stands, and notes who changed groups; nothing before the first fit. A
 * customer without an order left is in no group; mailboxes that they have are no guests' any more. May run any number of
 * times.
 */
export async function scoreCustomers(scope: ShopScope, customerIds: readonly string[], now: Date): Promise<void> {
  const { shopId, tx } = scope;
  const currency = customerIds.length === 0 ? null : await currencyOf(scope);
  if (currency === null) return;
  // In one order for all who score at once.
  const ids = [...new Set(customerIds)].sort();
  const theirs = { customers: sql`customer_id = ANY(${ids}::text[])`, mailboxes: mailboxesOf(shopId, ids) };
  await tx.$executeRaw`
    WITH ${scoredByFit(shopId, bought(shopId, currency, now, theirs), customerScores, ids)},
    changed AS (
      INSERT INTO segment_change (shop_id, customer_id, from_group, to_group, changed_at, changed_in)
      SELECT ${shopId}::uuid, s.buyer, c."group", s.group_name, ${now}::timestamptz, ${changedIn}
      FROM scored s LEFT JOIN customer_score c ON c.shop_id = ${shopId}::uuid AND c.customer_id = s.buyer
      WHERE c."group" IS DISTINCT FROM s.group_name
      UNION ALL SELECT ${shopId}::uuid, buyer, "group", NULL, ${now}::timestamptz, ${changedIn} FROM gone),
    taken AS (
      DELETE FROM guest_score WHERE shop_id = ${shopId}::uuid AND mailbox IN (${hashesOf(shopId, ids)}))
    ${put(shopId, customerScores, now)}`;
}

/** The same for buyers without an account; one whose mailbox an account has by now is none of them any more. */
export async function scoreGuests(scope: ShopScope, mailboxes: readonly string[], now: Date): Promise<void> {
  const { shopId, tx } = scope;
  const currency = mailboxes.length === 0 ? null : await currencyOf(scope);
  if (currency === null) return;
  const ids = [...new Set(mailboxes)].sort();
  const theirs = { customers: sql`false`, mailboxes: mailboxesWithout(shopId, ids) };
  await tx.$executeRaw`
    WITH ${scoredByFit(shopId, bought(shopId, currency, now, theirs), guestScores, ids)}
    ${put(shopId, guestScores, now)}`;
}

/** Both, customers first. */
export async function scoreBuyers(scope: ShopScope, { customers, guests }: Buyers, now: Date): Promise<void> {
  await scoreCustomers(scope, customers, now);
  await scoreGuests(scope, guests, now);
}

/**
 * Whose these orders are: customers whom they name or whose mailbox they have, and mailboxes of orders that name none.
 */
export async function readBuyersOf({ shopId, tx }: ShopScope, orderIds: readonly string[]): Promise<Buyers> {
  const ids = [...orderIds];
  const rows = await tx.$queryRaw<{ customer: string | null; mailbox: string | null }[]>`
    SELECT customer_id AS customer, NULL AS mailbox FROM "order"
    WHERE shop_id = ${shopId}::uuid AND id = ANY(${ids}::text[]) AND customer_id IS NOT NULL
    UNION SELECT account, mailbox FROM (${mailboxesAt(shopId, ids)}) o`;
  return {
    customers: [...new Set(rows.flatMap(({ customer }) => customer ?? []))],
    guests: [...new Set(rows.flatMap(({ mailbox }) => mailbox ?? []))],
  };
}
