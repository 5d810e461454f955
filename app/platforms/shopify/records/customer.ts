import { z } from 'zod';
import type { PlatformContact, PlatformCustomer } from '#app/platforms/platform.ts';
import { fromGid } from '../ids.ts';

/** Name and addresses are null until protected customer data of level 2 is approved. */
export const customerNode = z.object({
  id: z.string(),
  defaultEmailAddress: z.object({ emailAddress: z.string(), marketingState: z.string().nullish() }).nullish(),
  firstName: z.string().nullish(),
  defaultAddress: z.object({ timeZone: z.string().nullish() }).nullish(),
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
    contact: {
      firstName: node.firstName ?? null,
      marketing: marketingOf(node.defaultEmailAddress?.marketingState),
      timeZone: node.defaultAddress?.timeZone ?? null,
    },
    tags: node.tags,
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
  };
}

/** Who never said anything, and who has not confirmed yet, has not consented. */
function marketingOf(state: string | null | undefined): PlatformContact['marketing'] {
  if (state === 'SUBSCRIBED') return 'subscribed';
  return state === 'UNSUBSCRIBED' ? 'unsubscribed' : 'unknown';
}
