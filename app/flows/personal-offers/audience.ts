import { countByLoyalty, countOrdersMeeting, countPresent, type Trigger } from '#app/domains/personal-offers/index.ts';
import { readKeenViewers } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

const dayMs = 86_400_000;
const monthDays = 30;

/** How many customers an offer reaches. */
export interface Audience {
  readonly customers: number;
  /** now: they meet the trigger at this moment · month: so many met it in the past 30 days */
  readonly span: 'now' | 'month';
}

/** Counts whom an offer with this trigger would reach. */
export async function countAudience(scope: ShopScope, trigger: Trigger, now: Date): Promise<Audience> {
  const month = new Date(now.getTime() - monthDays * dayMs);
  switch (trigger.type) {
    case 'segment':
      return { customers: await countPresent(scope, trigger.segments), span: 'now' };
    case 'order':
      return { customers: await countOrdersMeeting(scope, trigger, month), span: 'month' };
    case 'viewed': {
      const since = new Date(now.getTime() - trigger.days * dayMs);
      return { customers: (await readKeenViewers(scope, { times: trigger.times, since })).length, span: 'now' };
    }
    default:
      return { customers: await countByLoyalty(scope, trigger, month), span: 'month' };
  }
}
