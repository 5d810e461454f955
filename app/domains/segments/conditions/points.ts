import { sql } from '../store-sql.ts';
import { compared, compareWords, defineCondition } from './condition-kind.ts';
import { compare, number } from './fields.ts';

/** Points that can be spent; who takes no part has none. */
export const points = defineCondition({
  kind: 'points',
  title: 'Points',
  group: 'Loyalty',
  fields: { compare, points: number('points', 100, 1_000_000_000) },
  words: ({ compare: how, points: limit }) => `${compareWords[how]} ${String(limit)} points`,
  relation: (_values, asked) => asked.standings,
  holds: ({ compare: how, points: limit }, own) => compared(sql`${own}.points`, how, limit),
});
