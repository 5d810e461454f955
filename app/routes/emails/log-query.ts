import { z } from 'zod';
import { mailStates } from '#app/domains/notifications/index.ts';

/** Which mails of the log are asked for, from the address of a page. */
export const logQuery = z.object({
  // What PostgreSQL cannot hold nobody is called.
  search: z
    .string()
    .trim()
    .max(254)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .catch(''),
  state: z.enum(mailStates).nullable().catch(null),
  template: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .nullable()
    .catch(null),
});
export type LogQuery = z.infer<typeof logQuery>;
