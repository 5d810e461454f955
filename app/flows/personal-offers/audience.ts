import { countBirthdays, readRates } from '#app/domains/loyalty/index.ts';
import {
  amongNow,
  countByTier,
  countOrdersMeeting,
  countPresent,
  type OfferTerms,
  readAmong,
} from '#app/domains/personal-offers/index.ts';
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
  /** only who is in a segment now that the offer is only for was counted */
  readonly among: boolean;
  /** orders of the month that reach no minimum because their currency has no rate */
  readonly leftOut?: number | undefined;
}

/** Counts whom an offer with these terms would reach: who meets its trigger and is in one of the segments that it is only for. */
export async function countAudience(
  { secrets }: Pick<Services, 'secrets'>,
  scope: ShopScope,
  terms: Pick<OfferTerms, 'trigger' | 'among'>,
  now: Date,
): Promise<Audience> {
  return { ...(await countMeeting(secrets, scope, terms, now)), among: terms.among.length > 0 };
}

async function countMeeting(
  secrets: Services['secrets'],
  scope: ShopScope,
  { trigger, among }: Pick<OfferTerms, 'trigger' | 'among'>,
  now: Date,
): Promise<Omit<Audience, 'among'>> {
  const month = new Date(now.getTime() - monthDays * dayMs);
  switch (trigger.type) {
    case 'segment':
      return { customers: await countPresent(scope, trigger.segments, among), span: 'now' };
    case 'order':
      return orderAudience(scope, trigger, among, month);
    case 'viewed': {
      const since = new Date(now.getTime() - trigger.days * dayMs);
      const viewers = (await readKeenViewers(scope, { times: trigger.times, since })).map((one) => one.customerId);
      return { customers: (await readAmong(scope, among, viewers))?.size ?? viewers.length, span: 'now' };
    }
    case 'birthday':
      return {
        customers: await countBirthdays(secrets, scope, { days: monthDays, among: amongNow(scope.shopId, among) }, now),
        span: 'next-month',
      };
    case 'tier':
      return { customers: await countByTier(scope, trigger, among, month), span: 'month' };
  }
}

async function orderAudience(
  scope: ShopScope,
  trigger: Extract<OfferTerms['trigger'], { type: 'order' }>,
  among: readonly string[],
  since: Date,
): Promise<Omit<Audience, 'among'>> {
  const { currency } = await readShop(scope);
  const rates = await readRates(scope, currency);
  const customers = await countOrdersMeeting(scope, trigger, among, { rates, since });
  if (trigger.minTotalMinor === null) return { customers, span: 'month' };
  const leftOut = await countOrdersInOtherCurrency(scope, [currency, ...Object.keys(rates)], since);
  return { customers, span: 'month', leftOut };
}
