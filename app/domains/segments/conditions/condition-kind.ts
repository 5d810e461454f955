import { z } from 'zod';
import type { ShopId } from '#app/shared/ids.ts';
import { type Sql, sql } from '../store-sql.ts';
import type { Compare, Field, FieldLook } from './fields.ts';

/** What conditions are told of the shop, and what they build on. */
export interface Asked {
  readonly shopId: ShopId;
  readonly now: Date;
  readonly timeZone: string;
  /** Orders that count, with the columns id, customer_id, placed_at, spent (shop currency), country and region. */
  orders(since: Date | null): Sql;
  /** the moment so many days ago */
  ago(days: number): Date;
  /** a relation with customer_id, points and tier of who takes part in the loyalty programme */
  readonly standings: Sql;
  /** a relation with visitor_id and customer_id: whose each browser is */
  readonly browsers: Sql;
}

export type ConditionGroup = 'Orders' | 'What they bought' | 'Who they are' | 'Loyalty' | 'What they look at';

type Fields = Readonly<Record<string, Field<never>>>;
type ValuesOf<Shape> = { [Name in keyof Shape]: Shape[Name] extends Field<infer Value> ? Value : never };

/** Says values to people: names of what is kept by id, and money. */
export interface Wording {
  /** the name of a product, collection or tier; the id where it is gone */
  name(id: string): string;
  money(minor: number): string;
}

interface Definition<Kind extends string, Shape> {
  readonly kind: Kind;
  readonly title: string;
  readonly group: ConditionGroup;
  readonly fields: Shape;
  /** what a merchant reads in a list */
  words(values: ValuesOf<Shape>, say: Wording): string;
  /**
   * Customers with what is known of them, `customer_id` first and each once; joined as `own`. Null where the columns of
   * the customer suffice: orders, spent, first_at, last_at, group_name, tags.
   */
  relation?(values: ValuesOf<Shape>, asked: Asked): Sql | null;
  /** True or false for a customer `u`, never null. @param own alias of the relation, whose columns are null where it lacks the customer */
  holds(values: ValuesOf<Shape>, own: Sql, asked: Asked): Sql;
}

/** A kind of condition as the rest knows it: its values were checked by its schema. */
export interface ConditionKind {
  readonly kind: string;
  readonly title: string;
  readonly group: ConditionGroup;
  readonly fields: Readonly<Record<string, { readonly look: FieldLook; readonly initial: unknown }>>;
  readonly schema: z.ZodType<ConditionValues>;
  words(values: ConditionValues, say: Wording): string;
  relation(values: ConditionValues, asked: Asked): Sql | null;
  holds(values: ConditionValues, own: Sql, asked: Asked): Sql;
}

export type ConditionValues = Readonly<Record<string, unknown>>;

/** A new condition is one such call in a file of its own, and a line in the registry. */
export function defineCondition<const Kind extends string, const Shape extends Readonly<Record<string, object>>>(
  definition: Definition<Kind, Shape>,
): ConditionKind {
  const fields = definition.fields as unknown as Fields;
  const shape = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.schema]));
  // What the schema has let pass has the type that the fields give it.
  const typed = (values: ConditionValues) => values as ValuesOf<Shape>;
  return {
    kind: definition.kind,
    title: definition.title,
    group: definition.group,
    fields,
    schema: z.object(shape),
    words: (values, say) => definition.words(typed(values), say),
    relation: (values, asked) => definition.relation?.(typed(values), asked) ?? null,
    holds: (values, own, asked) => definition.holds(typed(values), own, asked),
  };
}

/** A number against a limit; what is missing counts as zero. */
export function compared(value: Sql, how: Compare, limit: number): Sql {
  const number = sql`coalesce(${value}, 0)`;
  if (how === 'at-least') return sql`${number} >= ${limit}::bigint`;
  return how === 'at-most' ? sql`${number} <= ${limit}::bigint` : sql`${number} = ${limit}::bigint`;
}

/**
 * Customers with a figure `n` of their orders of the last days, for `compared` with the same limit; who misses it for
 * having too little is left out, so that fewer are joined.
 */
export function summed(asked: Asked, days: number, figure: Sql, how: Compare, limit: number): Sql {
  const enough = how === 'at-least' ? sql`HAVING ${figure} >= ${limit}::bigint` : sql``;
  return sql`SELECT customer_id, ${figure} AS n FROM (${asked.orders(asked.ago(days))}) o GROUP BY 1 ${enough}`;
}

/** Whether a moment lies within the last days or before; one that never was does neither. */
export const timed = (value: Sql, when: 'within' | 'before', since: Date): Sql =>
  when === 'within'
    ? sql`coalesce(${value} >= ${since}::timestamptz, false)`
    : sql`coalesce(${value} < ${since}::timestamptz, false)`;

/** Whether the relation has the customer. */
export const found = (own: Sql, did: 'yes' | 'no'): Sql =>
  did === 'yes' ? sql`${own}.customer_id IS NOT NULL` : sql`${own}.customer_id IS NULL`;

export const compareWords = { 'at-least': 'at least', 'at-most': 'at most', exactly: 'exactly' } as const;

export const lastDays = (days: number | null): string =>
  days === null ? '' : days === 1 ? ' in the last day' : ` in the last ${String(days)} days`;

/** The first few names, and how many more there are. */
export function naming(values: readonly string[], name: (value: string) => string = (value) => value): string {
  const shown = values.slice(0, 3).map(name);
  const more = values.length - shown.length;
  return more === 0 ? shown.join(' or ') : `${shown.join(', ')} or ${String(more)} more`;
}
