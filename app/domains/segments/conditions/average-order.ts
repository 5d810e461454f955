import { sql } from '../store-sql.ts';
import { compared, compareWords, defineCondition } from './condition-kind.ts';
import { compare, money } from './fields.ts';

/** What an order of theirs is worth; who has none has no average. */
export const averageOrder = defineCondition({
  kind: 'average-order',
  title: 'Average order',
  group: 'Orders',
  fields: { compare, minor: money('amount') },
  words: ({ compare: how, minor }, say) => `an average order of ${compareWords[how]} ${say.money(minor)}`,
  holds: ({ compare: how, minor }) =>
    sql`(coalesce(u.orders, 0) > 0 AND ${compared(sql`round(u.spent::numeric / greatest(u.orders, 1))`, how, minor)})`,
});
