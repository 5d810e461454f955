import { readClaims } from '#app/domains/attribution/index.ts';
import { earnAll, type Earning } from '#app/domains/ledger/index.ts';
import { readExchange } from '#app/domains/loyalty/index.ts';
import { addSteps, type Due, saveSettled, type Settled, type Step, takeDue } from '#app/domains/referrals/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { formatDecimal } from '#app/shared/money.ts';
import type { Services } from '#app/infra/services.ts';
import { capabilitiesOfShop } from '../connected-shop.ts';
import { isUnjudged, judgeReferrals } from './judge-referrals.ts';
import { settleReferral } from './settle-referral.ts';
import { type Change, tellOfReferrals } from './tell.ts';

/** Referrals of one transaction: few, because each locks its advocate's account. */
const atOnce = 20;

/** An advocate's friends are counted one after the other: each turn has one of each advocate, and is written before the next. */
function turnsOf(due: readonly Due[]): Due[][] {
  const turns: Due[][] = [];
  for (const friends of Map.groupBy(due, ({ advocateId }) => advocateId).values())
    friends.forEach((one, at) => (turns[at] ??= []).push(one));
  return turns;
}

/** Compared with the programme's minimum is what an order was worth in the shop's currency. */
async function inCurrency(scope: ShopScope, due: readonly Due[], into: string): Promise<Due[]> {
  const exchange = await readExchange(scope, into);
  return due.map((one) => {
    const { order, placedAt } = one;
    if (!order || order.keptMinor === null) return one;
    return { ...one, order: { ...order, keptMinor: exchange(order.keptMinor, order.currency, placedAt) } };
  });
}

/**
 * Looks at the referrals of a shop that are due, at most a handful.
 * @param options.only one of them, due or not
 * @returns how many were looked at
 */
export async function settleSome(
  services: Pick<Services, 'secrets' | 'clock' | 'platforms'>,
  scope: ShopScope,
  { now, by, only = null }: { readonly now: Date; readonly by: 'rules' | 'merchant'; readonly only?: string | null },
): Promise<number> {
  const taken = await takeDue(scope, now, atOnce, only);
  if (taken.length === 0) return 0;
  const shop = await readShop(scope);
  const { currency } = shop;
  const due = await inCurrency(scope, taken, currency);
  const claims = await readClaims(
    scope,
    due.map(({ orderId }) => orderId),
  );
  const storeCredit = capabilitiesOfShop(services, shop)?.storeCredit ?? false;
  const money = (minor: number) => `${formatDecimal(minor, currency)} ${currency}`;
  const changes: Change[] = [];
  for (const turn of turnsOf(due)) {
    const settledNow: Settled[] = [];
    const steps: Step[] = [];
    const earnings: Earning[] = [];
    const judgements = await judgeReferrals(services.secrets, scope, turn.filter(isUnjudged));
    for (const one of turn) {
      const claim = claims.get(one.orderId);
      const paidElsewhere = claim !== undefined && claim.programme !== 'referral';
      const { note, ...settled } = await settleReferral(scope, one, {
        now,
        currency,
        paidElsewhere,
        money,
        storeCredit,
        judgement: judgements.get(one.orderId) ?? null,
        earnings,
      });
      settledNow.push(settled);
      changes.push({ before: one, after: settled });
      if (note !== null) steps.push({ orderId: one.orderId, by, state: settled.state, note });
    }
    await earnAll(scope, earnings);
    await saveSettled(scope, settledNow, now);
    await addSteps(scope, steps, now);
  }
  await tellOfReferrals(services, scope, shop, changes);
  return due.length;
}
