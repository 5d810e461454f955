import { z } from 'zod';
import type { PlatformCustomer } from '#app/platforms/platform.ts';
import { fromGid } from '../ids.ts';

/** The address is null until protected customer data of level 2 is approved. */
export const customerNode = z.object({
  id: z.string(),
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullish(),
  locale: z.string().nullish(),
  tags: z.array(z.string()),
  createdAt: z.coerce.date(),
  updatedAt: z.coerce.date(),
});

export function toCustomer(node: z.infer<typeof customerNode>): PlatformCustomer {
  return {
    id: fromGid(node.id),
    email: node.defaultEmailAddress?.emailAddress ?? null,
    locale: node.locale ?? null,
    tags: node.tags,
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
  };
}
