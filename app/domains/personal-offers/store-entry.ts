import { Prisma } from '#app/generated/prisma/client.ts';
import { membersOf } from '#app/domains/segments/index.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { storedRates, worthIn } from '#app/infra/worth-sql.ts';
import type { Rates } from '#app/shared/rates.ts';
import type { OfferTerms, PersonalOffer } from './model.ts';
import { onlyAmong, readAmong } from './store-among.ts';

const dayMs = 86_400_000;

/** A customer who met a trigger. */
export interface Entry {
  readonly offerId: string;
  readonly customerId: string;
  /** tells repetitions apart: the same one counts once */
  readonly occurrence: string;
  readonly productId: string | null;
}

/** Notes who met a trigger, in one statement; what was noted before changes nothing. Returns how many are new. */
export async function enter(scope: ShopScope, entries: readonly Entry[], now: Date): Promise<number> {
  if (entries.length === 0) return 0;
  const column = (read: (entry: Entry) => string | null) => toArrayLiteral(entries.map(read));
  return scope.tx.$executeRaw`
    INSERT INTO personal_offer_grant (shop_id, id, offer_id, customer_id, occurrence, product_id, entered_at)
    SELECT ${scope.shopId}::uuid, gen_random_uuid(), e.offer_id, e.customer_id, e.occurrence, e.product_id, ${now}
    FROM unnest(${column(({ offerId }) => offerId)}::uuid[], ${column(({ customerId }) => customerId)}::text[],
      ${column(({ occurrence }) => occurrence)}::text[], ${column(({ productId }) => productId)}::text[])
      AS e(offer_id, customer_id, occurrence, product_id)
    WHERE NOT EXISTS (SELECT 1 FROM customer c
      WHERE c.shop_id = ${scope.shopId}::uuid AND c.id = e.customer_id AND c.deleted_at IS NOT NULL)
    ON CONFLICT DO NOTHING`;
}

/** What those are noted by who were in an offer's segments from the start. */
const present = 'present';

/** Notes everybody who is in an offer's segments now, and that this was done: a whole segment in one statement. */
export async function enterPresent(scope: ShopScope, offer: PersonalOffer, now: Date): Promise<void> {
  const { trigger } = offer.terms;
  for (const ref of trigger.type === 'segment' ? trigger.segments : [])
    await scope.tx.$executeRaw`
      INSERT INTO personal_offer_grant (shop_id, id, offer_id, customer_id, occurrence, entered_at)
      SELECT ${scope.shopId}::uuid, gen_random_uuid(), ${offer.id}::uuid, m.customer_id, ${present}, ${now}
      FROM (${membersOf(scope.shopId, ref)}) m ON CONFLICT DO NOTHING`;
  await scope.tx.personalOffer.updateMany({ where: { shopId: scope.shopId, id: offer.id }, data: { filled: true } });
}

/**
 * An offer is for others than before: those who were in its segments from the start, are still in them, and got nothing only
 * because it was not for them wait for a decision again. Whatever else met a trigger has passed.
 */
export async function askAgain({ tx, shopId }: ShopScope, id: string, { trigger }: OfferTerms): Promise<void> {
  if (trigger.type !== 'segment' || !trigger.present) return;
  const leftOut = Prisma.sql`
    SELECT customer_id FROM personal_offer_grant
    WHERE shop_id = ${shopId}::uuid AND offer_id = ${id}::uuid AND state = 'skipped' AND reason = 'not-among'
      AND occurrence = ${present} AND customer_id IS NOT NULL`;
  // Before there are statistics the planner would go through all of them for each.
  await tx.$executeRaw`SELECT set_config('enable_nestloop', 'off', true)`;
  await tx.$executeRaw`
    UPDATE personal_offer_grant g SET state = 'waiting', reason = NULL, decided_at = NULL
    FROM (${onlyAmong(leftOut, shopId, trigger.segments)}) again
    WHERE g.shop_id = ${shopId}::uuid AND g.offer_id = ${id}::uuid AND g.customer_id = again.customer_id
      AND g.occurrence = ${present}`;
  await tx.$executeRaw`SELECT set_config('enable_nestloop', 'on', true)`;
}

/** What an order `o` of shop `s` comes to in the shop's currency; null where its currency has no rate. */
export const totalOf = (rates: Rates): Prisma.Sql =>
  worthIn(
    Prisma.sql`s.currency`,
    Prisma.sql`o.total_minor`,
    Prisma.sql`o.currency`,
    Prisma.sql`${toJsonb(storedRates(rates))}::jsonb`,
  );

/** Offers whose trigger is an order, as the database reads them. */
const orderRules = (offers: readonly Pick<PersonalOffer, 'id' | 'terms' | 'countsFrom'>[]): string =>
  JSON.stringify(
    offers.flatMap(({ id, terms: { trigger }, countsFrom }) =>
      trigger.type === 'order' && countsFrom
        ? [{ id, nth: trigger.nth, least: trigger.minTotalMinor, from: countsFrom }]
        : [],
    ),
  );

/**
 * Notes the customers of these orders with every offer whose trigger the order meets: one statement for however many. The
 * product is the order's dearest. Orders from before an offer began do not count, and no minimum is reached by one in a
 * currency without a rate.
 */
export async function enterByOrders(
  scope: ShopScope,
  offers: readonly PersonalOffer[],
  orderIds: readonly string[],
  rates: Rates,
  now: Date,
): Promise<number> {
  const rules = orderRules(offers);
  if (rules === '[]' || orderIds.length === 0) return 0;
  return scope.tx.$executeRaw`
    INSERT INTO personal_offer_grant (shop_id, id, offer_id, customer_id, occurrence, product_id, entered_at)
    SELECT o.shop_id, gen_random_uuid(), r.id, o.customer_id, 'order:' || o.id,
      (SELECT l.product_id FROM order_line l WHERE l.shop_id = o.shop_id AND l.order_id = o.id AND l.product_id IS NOT NULL
        ORDER BY l.unit_price_minor DESC, l.id LIMIT 1), ${now}
    FROM "order" o JOIN shop s ON s.id = o.shop_id
    CROSS JOIN jsonb_to_recordset(${rules}::jsonb) AS r(id uuid, nth int, least bigint, "from" timestamptz)
    WHERE o.shop_id = ${scope.shopId}::uuid AND o.id = ANY(${toArrayLiteral(orderIds)}::text[])
      AND o.customer_id IS NOT NULL AND o.cancelled_at IS NULL AND NOT o.test AND o.placed_at >= r."from"
      AND (r.least IS NULL OR ${totalOf(rates)} >= r.least)
      AND (r.nth IS NULL OR r.nth = (SELECT count(*) FROM "order" p WHERE p.shop_id = o.shop_id
        AND p.customer_id = o.customer_id AND p.cancelled_at IS NULL AND NOT p.test
        AND (p.placed_at, p.id) <= (o.placed_at, o.id)))
    ORDER BY o.id ON CONFLICT DO NOTHING`;
}

/** Levels of the loyalty programme. */
export interface Levels {
  /** the lowest first */
  readonly ids: readonly string[];
  /** orders from before then cannot come back any more */
  readonly settledBefore: Date;
}

/**
 * Who has come up into a level of the loyalty programme since the offer began and stayed until the orders that brought it
 * were settled.
 */
export async function enterByTier(
  scope: ShopScope,
  { id, terms: { trigger }, countsFrom }: PersonalOffer,
  { ids, settledBefore }: Levels,
  now: Date,
): Promise<number> {
  if (!countsFrom || trigger.type !== 'tier') return 0;
  return scope.tx.$executeRaw`
    INSERT INTO personal_offer_grant (shop_id, id, offer_id, customer_id, occurrence, entered_at)
    WITH levels AS (SELECT id, rank FROM unnest(${toArrayLiteral(['', ...ids])}::text[]) WITH ORDINALITY AS l(id, rank))
    SELECT c.shop_id, gen_random_uuid(), ${id}::uuid, c.customer_id, 'tier:' || c.id, ${now}
    FROM loyalty_tier_change c JOIN levels it ON it.id = c.to_tier LEFT JOIN levels before ON before.id = c.from_tier
    JOIN loyalty_member m ON m.shop_id = c.shop_id AND m.customer_id = c.customer_id AND m.tier_below_since IS NULL
    WHERE c.shop_id = ${scope.shopId}::uuid AND c.at >= ${countsFrom} AND c.at <= ${settledBefore}
      AND it.rank > coalesce(before.rank, 1)
      AND (${trigger.tierIds.length} = 0 OR c.to_tier = ANY(${trigger.tierIds}::text[]))
      AND NOT EXISTS (SELECT 1 FROM loyalty_tier_change l LEFT JOIN levels fell ON fell.id = l.to_tier
        WHERE l.shop_id = c.shop_id AND l.customer_id = c.customer_id AND l.id > c.id AND coalesce(fell.rank, 1) < it.rank)
    ON CONFLICT DO NOTHING`;
}

/**
 * Notes who looked at a product again and again. Whoever has met this offer with the product before meets it again when
 * as much time has passed as its limit leaves between two of `times` in `days`; after nothing was given for another
 * reason, when the days are over in which they had looked, or as soon as they are in a segment that the offer is only for,
 * where that was the reason.
 */
export async function enterByViews(
  scope: ShopScope,
  { id, terms: { trigger, among, cap } }: PersonalOffer,
  viewers: readonly { readonly customerId: string; readonly productId: string }[],
  now: Date,
): Promise<number> {
  if (trigger.type !== 'viewed' || viewers.length === 0) return 0;
  const ago = (days: number) => new Date(now.getTime() - days * dayMs);
  const since = { given: ago(cap.days / cap.times), skipped: ago(trigger.days) };
  const customers = viewers.map(({ customerId }) => customerId);
  const members = await readAmong(scope, among, customers);
  // Two runs at once would both find nobody entered: occurrences of different minutes do not meet.
  await scope.tx
    .$queryRaw`SELECT 1 FROM personal_offer WHERE shop_id = ${scope.shopId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return scope.tx.$executeRaw`
    INSERT INTO personal_offer_grant (shop_id, id, offer_id, customer_id, occurrence, product_id, entered_at)
    SELECT ${scope.shopId}::uuid, gen_random_uuid(), ${id}::uuid, v.customer_id,
      'viewed:' || v.product_id || ':' || ${now.toISOString().slice(0, 16)}, v.product_id, ${now}
    FROM unnest(${toArrayLiteral(customers)}::text[], ${toArrayLiteral(viewers.map(({ productId }) => productId))}::text[],
      ${toArrayLiteral(customers.map((customer) => members?.has(customer) ?? true))}::bool[])
      AS v(customer_id, product_id, among)
    WHERE NOT EXISTS (SELECT 1 FROM customer c
        WHERE c.shop_id = ${scope.shopId}::uuid AND c.id = v.customer_id AND c.deleted_at IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM personal_offer_grant g WHERE g.shop_id = ${scope.shopId}::uuid AND g.offer_id = ${id}::uuid
        AND g.customer_id = v.customer_id AND g.product_id = v.product_id AND (g.state = 'waiting'
          OR (coalesce(g.decided_at, g.entered_at) > CASE g.state WHEN 'skipped' THEN ${since.skipped}::timestamptz
            ELSE ${since.given}::timestamptz END
            AND NOT (g.state = 'skipped' AND g.reason IS NOT DISTINCT FROM 'not-among' AND v.among))))
    ON CONFLICT DO NOTHING`;
}
