import type { ShopId } from '#app/shared/ids.ts';
import type { Asked } from './conditions/condition-kind.ts';
import { conditionKindOf } from './conditions/registry.ts';
import { isGroupRule, type Rule, type RuleGroup } from './language.ts';
import { counted, spentIn } from './store-scoring.ts';
import { joined, listed, named, nothing, type Sql, sql, together } from './store-sql.ts';

const dayMs = 86_400_000;

/** What conditions need to know of a shop. */
export interface ShopFacts {
  readonly currency: string;
  /** IANA */
  readonly timeZone: string;
  readonly now: Date;
  /** a relation with customer_id, points and tier of who takes part in the loyalty programme */
  readonly standings: Sql;
  /** a relation with visitor_id and customer_id: which browsers are whose, of these customers or of all */
  readonly browsers: (only: readonly string[] | null) => Sql;
}

/** A segment as far as its conditions go. */
export interface Ruled {
  readonly id: string;
  readonly definition: RuleGroup;
}

/**
 * Who meets which segment, as a statement with the columns customer_id, segment_id, spent and orders: one pass over the customers, however many
 * segments and conditions there are. Never empty of segments.
 * @param only customers who are looked at; null = all of the shop
 */
export function meeting(
  shopId: ShopId,
  facts: ShopFacts,
  segments: readonly [Ruled, ...Ruled[]],
  only: readonly string[] | null,
): Sql {
  const relations = gather(askedOf(shopId, facts, only));
  const tests = segments.map(({ id, definition }) => ({ id: sql`${id}::uuid`, holds: holds(definition, relations) }));
  const everybody = only === null ? allCustomers(shopId) : theseCustomers(shopId, only);
  const from = sql`(${everybody}) u ${relations.joins()}`;
  const [first] = tests;
  if (tests.length === 1 && first)
    return sql`SELECT u.customer_id, ${first.id} AS segment_id, u.spent, u.orders FROM ${from} WHERE ${first.holds}`;
  const values = listed(tests.map((test) => sql`(${test.id}, ${test.holds})`));
  return sql`
    SELECT u.customer_id, t.segment_id, u.spent, u.orders FROM ${from}
    CROSS JOIN LATERAL (VALUES ${values}) t(segment_id, holds) WHERE t.holds`;
}

interface Relations {
  readonly asked: Asked;
  /** the alias under which a relation is joined */
  aliasOf(relation: Sql): Sql;
  joins(): Sql;
}

/** The relations that conditions ask for, each joined once however many conditions ask for the same. */
function gather(asked: Asked): Relations {
  const found = new Map<string, { alias: Sql; relation: Sql }>();
  return {
    asked,
    aliasOf(relation) {
      const key = JSON.stringify([relation.sql, relation.values]);
      const known = found.get(key) ?? { alias: named(`k${String(found.size)}`), relation };
      found.set(key, known);
      return known.alias;
    },
    joins: () =>
      together(
        [...found.values()].map(
          ({ alias, relation }) => sql`LEFT JOIN (${relation}) ${alias} ON ${alias}.customer_id = u.customer_id`,
        ),
      ),
  };
}

function holds(rule: Rule, relations: Relations): Sql {
  if (isGroupRule(rule)) {
    const parts = rule.of.map((part) => holds(part, relations));
    if (rule.match === 'none') return sql`NOT ${joined(parts, 'OR')}`;
    return joined(parts, rule.match === 'all' ? 'AND' : 'OR');
  }
  const kind = conditionKindOf(rule.kind);
  const own = kind.relation(rule.values, relations.asked);
  return sql`(${kind.holds(rule.values, own === null ? nothing : relations.aliasOf(own), relations.asked)})`;
}

function askedOf(shopId: ShopId, facts: ShopFacts, only: readonly string[] | null): Asked {
  const { currency, timeZone, now } = facts;
  const among = (column: Sql) => (only === null ? nothing : sql`AND ${column} = ANY(${[...only]}::text[])`);
  return {
    shopId,
    now,
    timeZone,
    ago: (days) => new Date(now.getTime() - days * dayMs),
    orders: (since) => sql`
      SELECT id, customer_id, placed_at, country, region,
        ${spentIn(shopId, currency)} AS spent
      FROM "order" WHERE ${counted(shopId, now)} ${among(sql`customer_id`)}
        ${since === null ? nothing : sql`AND placed_at >= ${since}::timestamptz`}`,
    browsers: sql`SELECT * FROM (${facts.browsers(only)}) b WHERE true ${among(sql`customer_id`)}`,
    standings: sql`SELECT * FROM (${facts.standings}) l WHERE true ${among(sql`customer_id`)}`,
  };
}

const columns = sql`c.tags, c.platform_created_at AS made_at, s.orders, s.spent_minor AS spent,
  s.first_order_at AS first_at, s.last_order_at AS last_at, s."group" AS group_name`;

/** Everybody with an account in the store, and everybody who bought. */
const allCustomers = (shopId: ShopId): Sql => sql`
  SELECT coalesce(c.id, s.customer_id) AS customer_id, ${columns}
  FROM (SELECT * FROM customer WHERE shop_id = ${shopId}::uuid AND deleted_at IS NULL) c
  FULL JOIN (SELECT * FROM customer_score WHERE shop_id = ${shopId}::uuid) s ON s.customer_id = c.id`;

const theseCustomers = (shopId: ShopId, ids: readonly string[]): Sql => sql`
  SELECT one.customer_id, ${columns} FROM unnest(${[...ids]}::text[]) AS one(customer_id)
  LEFT JOIN customer c ON c.shop_id = ${shopId}::uuid AND c.id = one.customer_id AND c.deleted_at IS NULL
  LEFT JOIN customer_score s ON s.shop_id = ${shopId}::uuid AND s.customer_id = one.customer_id
  WHERE c.id IS NOT NULL OR s.customer_id IS NOT NULL`;
