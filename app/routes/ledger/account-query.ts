import { z } from 'zod';
import type { StatementSpan } from '#app/domains/ledger/index.ts';

// What PostgreSQL cannot hold nobody is called.
const name = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** Which account is asked for, by the address of a page. */
export const accountQuery = z.object({
  kind: name.regex(/^[a-z-]{1,40}$/).refine((kind) => kind !== 'programme'),
  owner: name.min(1),
  unit: z.string().regex(/^(points|[A-Z]{3})$/),
});

const dayMs = 86_400_000;
const day = z.iso.date().nullable().catch(null);
const startOf = (date: string | null): Date | null => (date === null ? null : new Date(`${date}T00:00:00Z`));

/** The days that a statement is asked for, both included (UTC); without them the whole. */
export function spanQuery(params: URLSearchParams): StatementSpan {
  const last = startOf(day.parse(params.get('until')));
  return { from: startOf(day.parse(params.get('from'))), until: last && new Date(last.getTime() + dayMs) };
}

export const searchQuery = name.catch('');
