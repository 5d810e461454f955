import { sql } from '../store-sql.ts';
import { defineCondition, naming } from './condition-kind.ts';
import { choice, listed } from './fields.ts';

/** Where in its country their last order went to that says so. */
export const region = defineCondition({
  kind: 'region',
  title: 'Region',
  group: 'Who they are',
  fields: {
    is: choice('Delivered to', [
      { value: 'yes', label: 'is one of' },
      { value: 'no', label: 'is none of' },
    ]),
    regions: listed('States and provinces', 'regions'),
  },
  words: ({ is, regions }) => `${is === 'yes' ? 'last order to' : 'last order not to'} ${naming(regions)}`,
  relation: (_values, asked) => sql`
    SELECT DISTINCT ON (customer_id) customer_id, region FROM (${asked.orders(null)}) o
    WHERE region IS NOT NULL ORDER BY customer_id, placed_at DESC`,
  holds: ({ is, regions }, own) => {
    const there = sql`coalesce(lower(${own}.region) = ANY(${regions.map((one) => one.toLowerCase())}::text[]), false)`;
    return is === 'yes' ? there : sql`NOT ${there}`;
  },
});
