import { sql } from '../store-sql.ts';
import { defineCondition, naming } from './condition-kind.ts';
import { choice, listed } from './fields.ts';

/** Where their last order went to that says so. */
export const country = defineCondition({
  kind: 'country',
  title: 'Country',
  group: 'Who they are',
  fields: {
    is: choice('Delivered to', [
      { value: 'yes', label: 'is one of' },
      { value: 'no', label: 'is none of' },
    ]),
    countries: listed('Countries', 'countries'),
  },
  words: ({ is, countries }) => `${is === 'yes' ? 'last order to' : 'last order not to'} ${naming(countries)}`,
  relation: (_values, asked) => sql`
    SELECT DISTINCT ON (customer_id) customer_id, country FROM (${asked.orders(null)}) o
    WHERE country IS NOT NULL ORDER BY customer_id, placed_at DESC`,
  holds: ({ is, countries }, own) => {
    const there = sql`coalesce(${own}.country = ANY(${countries}::text[]), false)`;
    return is === 'yes' ? there : sql`NOT ${there}`;
  },
});
