import { sql } from '../store-sql.ts';
import { defineCondition, naming } from './condition-kind.ts';
import { choice, listed } from './fields.ts';

/** The tier of the loyalty programme. */
export const tier = defineCondition({
  kind: 'tier',
  title: 'Tier',
  group: 'Loyalty',
  fields: {
    is: choice('Tier', [
      { value: 'yes', label: 'is one of' },
      { value: 'no', label: 'is none of' },
    ]),
    tiers: listed('Tiers', 'tiers'),
  },
  words: ({ is, tiers }, say) => `${is === 'yes' ? 'in' : 'not in'} tier ${naming(tiers, (id) => say.name(id))}`,
  relation: (_values, asked) => asked.standings,
  holds: ({ is, tiers }, own) => {
    const within = sql`coalesce(${own}.tier = ANY(${tiers}::text[]), false)`;
    return is === 'yes' ? within : sql`NOT ${within}`;
  },
});
