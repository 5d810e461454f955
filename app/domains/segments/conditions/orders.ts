import { sql } from '../store-sql.ts';
import { compared, compareWords, defineCondition, lastDays, summed } from './condition-kind.ts';
import { compare, number, span } from './fields.ts';

/** How often they bought. */
export const orders = defineCondition({
  kind: 'orders',
  title: 'Number of orders',
  group: 'Orders',
  fields: { compare, count: number('orders', 2, 100_000), days: span() },
  words: ({ compare: how, count, days }) =>
    `${compareWords[how]} ${String(count)} ${count === 1 ? 'order' : 'orders'}${lastDays(days)}`,
  relation: ({ compare: how, count, days }, asked) =>
    days === null ? null : summed(asked, days, sql`count(*)`, how, count),
  holds: ({ compare: how, count, days }, own) => compared(days === null ? sql`u.orders` : sql`${own}.n`, how, count),
});
