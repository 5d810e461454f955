import { countBirthdays, readRates } from '#app/domains/loyalty/index.ts';
import { countByTier, countOrdersMeeting, countPresent, type Trigger } from '#app/domains/personal-offers/index.ts';
import { countOrdersInOtherCurrency } from '#app/domains/orders/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { readKeenViewers } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';

const dayMs = 86_400_000;
const monthDays = 30;

/** How many customers an offer reaches. */
export interface Audience {
  readonly customers: number;
  /** now: they meet the trigger at this moment · month: so many met it in the past 30 days · next-month: will in the next 30 */
  readonly span: 'now' | 'month' | 'next-month';
  /** orders of the month that reach no minimum because their currency has no rate */
  readonly leftOut?: number | undefined;
}

/** Counts whom an offer with this trigger would reach. */
export async function countAudience(
  { secrets }: Pick<Services, 'secrets'>,
  scope: ShopScope,
  trigger: Trigger,
  now: Date,
): Promise<Audience> {
  const month = new Date(now.getTime() - monthDays * dayMs);
  switch (trigger.type) {
    case 'segment':
      return { customers: await countPresent(scope, trigger.segments), span: 'now' };
    case 'order':
      return orderAudience(scope, trigger, month);
    case 'viewed': {
      const since = new Date(now.getTime() - trigger.days * dayMs);
      return { customers: (await readKeenViewers(scope, { times: trigger.times, since })).length, span: 'now' };
    }
    case 'birthday':
      return { customers: await countBirthdays(secrets, scope, monthDays, now), span: 'next-month' };
    case 'tier':
      return { customers: await countByTier(scope, trigger, month), span: 'month' };
  }
}

async function orderAudience(
  scope: ShopScope,
  trigger: Extract<Trigger, { type: 'order' }>,
  since: Date,
): Promise<Audience> {
  const { currency } = await readShop(scope);
  const rates = await readRates(scope, currency);
  const customers = await countOrdersMeeting(scope, trigger, rates, since);
  if (trigger.minTotalMinor === null) return { customers, span: 'month' };
  const leftOut = await countOrdersInOtherCurrency(scope, [currency, ...Object.keys(rates)], since);
  return { customers, span: 'month', leftOut };
}
