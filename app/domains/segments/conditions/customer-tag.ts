import { sql } from '../store-sql.ts';
import { defineCondition, naming } from './condition-kind.ts';
import { choice, listed } from './fields.ts';

/** Tags that the merchant gave customers in the store. */
export const customerTag = defineCondition({
  kind: 'customer-tag',
  title: 'Customer tag',
  group: 'Who they are',
  fields: {
    has: choice('Tagged', [
      { value: 'yes', label: 'has one of' },
      { value: 'no', label: 'has none of' },
    ]),
    tags: listed('Customer tags', 'customer-tags'),
  },
  words: ({ has, tags }) => `${has === 'yes' ? 'tagged' : 'not tagged'} ${naming(tags)}`,
  holds: ({ has, tags }) => {
    const tagged = sql`coalesce(u.tags && ${tags}::text[], false)`;
    return has === 'yes' ? tagged : sql`NOT ${tagged}`;
  },
});
