import { sql } from '../store-sql.ts';
import { defineCondition, timed } from './condition-kind.ts';
import { days, when } from './fields.ts';

/** How long they have been customers; who never bought is neither within nor before. */
export const firstOrder = defineCondition({
  kind: 'first-order',
  title: 'First order',
  group: 'Orders',
  fields: { when, days: days('days', 30) },
  words: ({ when: how, days: limit }) =>
    `first order ${how === 'within' ? 'in the last' : 'more than'} ${String(limit)} days${how === 'within' ? '' : ' ago'}`,
  holds: ({ when: how, days: limit }, _own, asked) => timed(sql`u.first_at`, how, asked.ago(limit)),
});
