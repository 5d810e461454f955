import { z } from 'zod';

/** Lists of values that the shop's own data fill. */
export type OptionSource = 'vendors' | 'product-tags' | 'customer-tags' | 'countries' | 'regions' | 'tiers';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What a page needs to ask for a value. */
export type FieldLook =
  | { readonly type: 'choice'; readonly label: string; readonly options: readonly Choice[] }
  | { readonly type: 'number'; readonly label: string; readonly min: number; readonly max: number }
  /** minor units of the shop's currency */
  | { readonly type: 'money'; readonly label: string }
  /** whole days; `open`: null = at any time */
  | { readonly type: 'days'; readonly label: string; readonly max: number; readonly open: boolean }
  /** a calendar day of the shop, YYYY-MM-DD */
  | { readonly type: 'day'; readonly label: string }
  | { readonly type: 'text'; readonly label: string }
  | { readonly type: 'products' | 'collections'; readonly label: string }
  | { readonly type: 'choices'; readonly label: string; readonly options: readonly Choice[] }
  | { readonly type: 'listed'; readonly label: string; readonly source: OptionSource };

/** One value of a condition: how it is checked, how it is asked for, and what it is at first. */
export interface Field<Value> {
  readonly schema: z.ZodType<Value>;
  readonly look: FieldLook;
  readonly initial: Value | null;
}

/** PostgreSQL stores no NUL. */
const word = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0'));
const words = z.array(word).min(1).max(100);

export function choice<const Value extends string>(
  label: string,
  options: readonly { readonly value: Value; readonly label: string }[],
): Field<Value> {
  const values = options.map(({ value }) => value);
  return { schema: z.enum(values), look: { type: 'choice', label, options }, initial: values[0] ?? null };
}

/** Several of a fixed list. */
export const choices = (label: string, options: readonly Choice[]): Field<string[]> => ({
  schema: z
    .array(z.enum(options.map(({ value }) => value)))
    .min(1)
    .max(options.length),
  look: { type: 'choices', label, options },
  initial: [],
});

/** Several of what the shop has, or will have. */
export const listed = (label: string, source: OptionSource): Field<string[]> => ({
  schema: words,
  look: { type: 'listed', label, source },
  initial: [],
});

export const picked = (label: string, type: 'products' | 'collections'): Field<string[]> => ({
  schema: words,
  look: { type, label },
  initial: [],
});

export const number = (label: string, initial: number, max: number): Field<number> => ({
  schema: z.number().int().min(0).max(max),
  look: { type: 'number', label, min: 0, max },
  initial,
});

export const money = (label: string): Field<number> => ({
  schema: z.number().int().min(0).max(1_000_000_000_000),
  look: { type: 'money', label },
  initial: null,
});

export const text = (label: string): Field<string> => ({ schema: word, look: { type: 'text', label }, initial: '' });

const longest = 3_650;

export const days = (label: string, initial: number, max = longest): Field<number> => ({
  schema: z.number().int().min(1).max(max),
  look: { type: 'days', label, max, open: false },
  initial,
});

/** The last so many days; null = at any time. */
export const span = (max = longest): Field<number | null> => ({
  schema: z.number().int().min(1).max(max).nullable(),
  look: { type: 'days', label: 'in the last … days', max, open: true },
  initial: null,
});

export const day = (label: string): Field<string> => ({
  schema: z.iso.date().refine((text) => text >= '1970-01-01' && text < '2200-01-01'),
  look: { type: 'day', label },
  initial: null,
});

export const compare = choice('Compare', [
  { value: 'at-least', label: 'at least' },
  { value: 'at-most', label: 'at most' },
  { value: 'exactly', label: 'exactly' },
]);
export type Compare = 'at-least' | 'at-most' | 'exactly';

export const did = choice('Did they', [
  { value: 'yes', label: 'did' },
  { value: 'no', label: 'did not' },
]);

export const when = choice('When', [
  { value: 'within', label: 'within the last' },
  { value: 'before', label: 'longer ago than' },
]);
