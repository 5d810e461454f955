import { sql } from '../store-sql.ts';
import { compared, compareWords, defineCondition, lastDays, summed } from './condition-kind.ts';
import { compare, money, span } from './fields.ts';

/** What they spent, refunds taken off; orders in a currency without a rate cannot be added up and count as nothing. */
export const spend = defineCondition({
  kind: 'spend',
  title: 'Amount spent',
  group: 'Orders',
  fields: { compare, minor: money('amount'), days: span() },
  words: ({ compare: how, minor, days }, say) => `spent ${compareWords[how]} ${say.money(minor)}${lastDays(days)}`,
  relation: ({ compare: how, minor, days }, asked) =>
    days === null ? null : summed(asked, days, sql`sum(spent::float8)`, how, minor),
  holds: ({ compare: how, minor, days }, own) => compared(days === null ? sql`u.spent` : sql`${own}.n`, how, minor),
});
