import { sql } from '../store-sql.ts';
import { defineCondition, timed } from './condition-kind.ts';
import { days, when } from './fields.ts';

/** How long ago they bought last; who never bought is neither within nor before. */
export const lastOrder = defineCondition({
  kind: 'last-order',
  title: 'Last order',
  group: 'Orders',
  fields: { when, days: days('days', 90) },
  words: ({ when: how, days: limit }) =>
    how === 'within' ? `bought in the last ${String(limit)} days` : `no order for ${String(limit)} days`,
  holds: ({ when: how, days: limit }, _own, asked) => timed(sql`u.last_at`, how, asked.ago(limit)),
});
