import type { ShopId } from '#app/shared/ids.ts';
import { type Sql, sql } from './store-sql.ts';

/**
 * Whose an order is that names no account: that of the account with the same mailbox, else the mailbox's own. Mailboxes are
 * the keys that `identity` keeps: of accounts (`c:…`) and of such orders (`o:…`, which sort after all accounts). Of several
 * accounts of a mailbox, and of several mailboxes of an order, it is the first, so that nothing counts twice.
 *
 * Each is a relation with order_id, mailbox, and account, which is null where no account has the mailbox.
 */
const mailboxKeys = (shopId: ShopId, alias: Sql): Sql =>
  sql`${alias}.shop_id = ${shopId}::uuid AND ${alias}.kind = 'email'`;

const accountIn = (subject: Sql): Sql => sql`CASE WHEN ${subject} LIKE 'c:%' THEN substr(${subject}, 3) END`;

const [k, f] = [sql`k`, sql`f`];

/** No mailbox before this one of `k` is the order's. */
const isFirst = (shopId: ShopId): Sql => sql`NOT EXISTS (
  SELECT 1 FROM identity_key f WHERE ${mailboxKeys(shopId, f)} AND f.subject = k.subject AND f.hash < k.hash)`;

/** All orders of the shop that name no account, by one pass over the mailboxes in their order. */
export const allMailboxes = (shopId: ShopId): Sql => sql`
  SELECT substr(k.subject, 3) AS order_id, k.hash AS mailbox, ${accountIn(sql`k.owner`)} AS account
  FROM (SELECT hash, subject, first_value(subject) OVER (PARTITION BY hash ORDER BY subject) AS owner
    FROM identity_key k WHERE ${mailboxKeys(shopId, k)}) k
  -- Hardly any order has several: to find those costs half of comparing all with all.
  LEFT JOIN (SELECT subject, min(hash) AS hash FROM identity_key k
    WHERE ${mailboxKeys(shopId, k)} AND subject LIKE 'o:%' GROUP BY subject HAVING count(*) > 1) f ON f.subject = k.subject
  WHERE k.subject LIKE 'o:%' AND coalesce(f.hash = k.hash, true)`;

const among = (shopId: ShopId, hashes: Sql, whose: Sql): Sql => sql`
  SELECT substr(k.subject, 3) AS order_id, k.hash AS mailbox, h.account
  FROM (SELECT hash, ${accountIn(sql`owner`)} AS account FROM (
    SELECT e.hash, (SELECT min(f.subject) FROM identity_key f WHERE ${mailboxKeys(shopId, f)} AND f.hash = e.hash) AS owner
    FROM (${hashes}) e) o) h
  JOIN identity_key k ON ${mailboxKeys(shopId, k)} AND k.hash = h.hash
  WHERE ${whose} AND k.subject LIKE 'o:%' AND ${isFirst(shopId)}
  -- OFFSET 0: reckoned before it is joined; a function in a condition may not go past row-level security into an index.
  OFFSET 0`;

/** Keys of the mailboxes that these accounts have. */
export const hashesOf = (shopId: ShopId, customerIds: readonly string[]): Sql => sql`
  SELECT DISTINCT hash FROM identity_key k
  WHERE ${mailboxKeys(shopId, k)} AND subject = ANY(${customerIds.map((id) => `c:${id}`)}::text[])`;

/** Orders that are these customers' by their mailboxes alone. */
export const mailboxesOf = (shopId: ShopId, customerIds: readonly string[]): Sql =>
  among(shopId, hashesOf(shopId, customerIds), sql`h.account = ANY(${[...customerIds]}::text[])`);

/** Orders with these mailboxes, as far as no account has them. */
export const mailboxesWithout = (shopId: ShopId, hashes: readonly string[]): Sql =>
  among(shopId, sql`SELECT unnest(${[...hashes]}::text[]) AS hash`, sql`h.account IS NULL`);

/** Mailboxes of these orders, where they name no account. */
export const mailboxesAt = (shopId: ShopId, orderIds: readonly string[]): Sql => sql`
  SELECT o.id AS order_id, b.hash AS mailbox,
    (SELECT ${accountIn(sql`min(f.subject)`)} FROM identity_key f WHERE ${mailboxKeys(shopId, f)} AND f.hash = b.hash) AS account
  FROM "order" o CROSS JOIN LATERAL (
    SELECT min(k.hash) AS hash FROM identity_key k WHERE ${mailboxKeys(shopId, k)} AND k.subject = 'o:' || o.id) b
  WHERE o.shop_id = ${shopId}::uuid AND o.id = ANY(${[...orderIds]}::text[]) AND o.customer_id IS NULL AND b.hash IS NOT NULL`;
