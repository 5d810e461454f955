import { sql } from '../store-sql.ts';
import { defineCondition, timed } from './condition-kind.ts';
import { days, when } from './fields.ts';

/** When the account was made in the store; also of those who never bought. */
export const customerSince = defineCondition({
  kind: 'customer-since',
  title: 'Account made',
  group: 'Who they are',
  fields: { when, days: days('days', 30) },
  words: ({ when: how, days: limit }) =>
    `account made ${how === 'within' ? 'in the last' : 'more than'} ${String(limit)} days${how === 'within' ? '' : ' ago'}`,
  holds: ({ when: how, days: limit }, _own, asked) => timed(sql`u.made_at`, how, asked.ago(limit)),
});
