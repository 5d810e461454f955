import { sql } from '../store-sql.ts';
import { defineCondition, found } from './condition-kind.ts';
import { day, did } from './fields.ts';

/** Bought on one of these days by the shop's calendar, such as last year's sale. */
export const orderedBetween = defineCondition({
  kind: 'ordered-between',
  title: 'Ordered between two days',
  group: 'Orders',
  fields: { did, from: day('from'), until: day('until') },
  words: ({ did: did_, from, until }) => `${did_ === 'yes' ? 'ordered' : 'did not order'} from ${from} to ${until}`,
  relation: ({ from, until }, asked) => sql`
    SELECT DISTINCT customer_id FROM (${asked.orders(null)}) o
    WHERE placed_at >= (${from}::date)::timestamp AT TIME ZONE ${asked.timeZone}
      AND placed_at < (${until}::date + 1)::timestamp AT TIME ZONE ${asked.timeZone}`,
  holds: ({ did: did_ }, own) => found(own, did_),
});
