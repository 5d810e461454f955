import { type Sql, sql } from '../store-sql.ts';
import { type Asked, defineCondition, found, lastDays, naming } from './condition-kind.ts';
import { did, listed, picked, span } from './fields.ts';

/**
 * Customers with a line that was not given back in full.
 * @param which on the columns of the line `l` and its product `p`
 */
const buyers = (asked: Asked, days: number | null, which: Sql): Sql => sql`
  SELECT DISTINCT o.customer_id FROM (${asked.orders(days === null ? null : asked.ago(days))}) o
  JOIN order_line l ON l.shop_id = ${asked.shopId}::uuid AND l.order_id = o.id AND l.quantity > l.refunded_quantity
  WHERE ${which}`;

/** Lines of products that meet something; products that were deleted keep what they were. */
const ofProducts = (asked: Asked, which: Sql): Sql =>
  sql`l.product_id IN (SELECT p.id FROM product p WHERE p.shop_id = ${asked.shopId}::uuid AND ${which})`;

const bought = (said: 'yes' | 'no'): string => (said === 'yes' ? 'bought' : 'did not buy');

export const boughtProduct = defineCondition({
  kind: 'bought-product',
  title: 'Bought a product',
  group: 'What they bought',
  fields: { did, products: picked('Products', 'products'), days: span() },
  words: ({ did: said, products, days }, say) =>
    `${bought(said)} ${naming(products, (id) => say.name(id))}${lastDays(days)}`,
  relation: ({ products, days }, asked) => buyers(asked, days, sql`l.product_id = ANY(${products}::text[])`),
  holds: ({ did: said }, own) => found(own, said),
});

export const boughtCollection = defineCondition({
  kind: 'bought-collection',
  title: 'Bought from a collection',
  group: 'What they bought',
  fields: { did, collections: picked('Collections', 'collections'), days: span() },
  words: ({ did: said, collections, days }, say) =>
    `${bought(said)} from ${naming(collections, (id) => say.name(id))}${lastDays(days)}`,
  relation: ({ collections, days }, asked) =>
    buyers(asked, days, ofProducts(asked, sql`p.collection_ids && ${collections}::text[]`)),
  holds: ({ did: said }, own) => found(own, said),
});

export const boughtTag = defineCondition({
  kind: 'bought-tag',
  title: 'Bought a product with a tag',
  group: 'What they bought',
  fields: { did, tags: listed('Product tags', 'product-tags'), days: span() },
  words: ({ did: said, tags, days }) => `${bought(said)} products tagged ${naming(tags)}${lastDays(days)}`,
  relation: ({ tags, days }, asked) => buyers(asked, days, ofProducts(asked, sql`p.tags && ${tags}::text[]`)),
  holds: ({ did: said }, own) => found(own, said),
});

export const boughtVendor = defineCondition({
  kind: 'bought-vendor',
  title: 'Bought from a vendor',
  group: 'What they bought',
  fields: { did, vendors: listed('Vendors', 'vendors'), days: span() },
  words: ({ did: said, vendors, days }) => `${bought(said)} products of ${naming(vendors)}${lastDays(days)}`,
  relation: ({ vendors, days }, asked) =>
    buyers(asked, days, ofProducts(asked, sql`p.vendor = ANY(${vendors}::text[])`)),
  holds: ({ did: said }, own) => found(own, said),
});

export const subscribed = defineCondition({
  kind: 'subscribed',
  title: 'Ordered with a subscription',
  group: 'What they bought',
  fields: { did, days: span() },
  words: ({ did: said, days }) => `${said === 'yes' ? 'ordered' : 'no order'} with a subscription${lastDays(days)}`,
  relation: ({ days }, asked) => buyers(asked, days, sql`l.selling_plan`),
  holds: ({ did: said }, own) => found(own, said),
});
