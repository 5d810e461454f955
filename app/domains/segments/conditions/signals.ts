import { type Sql, sql } from '../store-sql.ts';
import { type Asked, defineCondition, found, lastDays, naming } from './condition-kind.ts';
import { days, did, picked, span, text, when } from './fields.ts';

/** Signals are kept for so long. */
const longest = 365;

/**
 * What customers did on the storefront, by the browsers that turned out to be theirs and consented. One that several use is
 * whose it is for the most part.
 * @param what columns beside the customer
 */
const acted = (asked: Asked, limit: number | null, what: Sql, which: Sql): Sql => sql`
  SELECT v.customer_id ${what} FROM (${asked.browsers}) v
  JOIN signal s ON s.shop_id = ${asked.shopId}::uuid AND s.visitor_id = v.visitor_id
  WHERE s.occurred_at >= ${asked.ago(limit ?? longest)}::timestamptz AND ${which}
  GROUP BY v.customer_id`;

export const viewedProduct = defineCondition({
  kind: 'viewed-product',
  title: 'Looked at a product',
  group: 'What they look at',
  fields: { did, products: picked('Products', 'products'), days: span(longest) },
  words: ({ did: said, products, days: limit }, say) =>
    `${said === 'yes' ? 'looked' : 'did not look'} at ${naming(products, (id) => say.name(id))}${lastDays(limit)}`,
  relation: ({ products, days: limit }, asked) =>
    acted(asked, limit, sql``, sql`s.kind = 'view' AND s.product_id = ANY(${products}::text[])`),
  holds: ({ did: said }, own) => found(own, said),
});

export const searched = defineCondition({
  kind: 'searched',
  title: 'Searched for',
  group: 'What they look at',
  fields: { did, words: text('words'), days: span(longest) },
  words: ({ did: said, words, days: limit }) =>
    `${said === 'yes' ? 'searched' : 'did not search'} for “${words}”${lastDays(limit)}`,
  relation: ({ words, days: limit }, asked) =>
    acted(asked, limit, sql``, sql`s.kind = 'search' AND strpos(lower(s.query), lower(${words}::text)) > 0`),
  holds: ({ did: said }, own) => found(own, said),
});

export const lastVisit = defineCondition({
  kind: 'last-visit',
  title: 'Last visit',
  group: 'What they look at',
  fields: { when, days: days('days', 14, longest) },
  words: ({ when: how, days: limit }) =>
    how === 'within' ? `visited in the last ${String(limit)} days` : `no visit for ${String(limit)} days`,
  // Only what happened within the year is known: who was not here since is as good as never seen.
  relation: (_values, asked) => acted(asked, null, sql`, max(s.occurred_at) AS at`, sql`true`),
  holds: ({ when: how, days: limit }, own, asked) => {
    const since = asked.ago(limit);
    return how === 'within'
      ? sql`coalesce(${own}.at >= ${since}::timestamptz, false)`
      : sql`coalesce(${own}.at < ${since}::timestamptz, false)`;
  },
});
