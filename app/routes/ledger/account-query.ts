import { z } from 'zod';

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

export const searchQuery = name.catch('');
