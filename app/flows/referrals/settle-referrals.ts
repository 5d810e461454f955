import { readClaims } from '#app/domains/attribution/index.ts';
import { addSteps, saveSettled, takeDue } from '#app/domains/referrals/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { formatDecimal } from '#app/shared/money.ts';
import type { Services } from '#app/infra/services.ts';
import { settleReferral } from './settle-referral.ts';
import { type Change, tellOfReferrals } from './tell.ts';

/** Referrals of one transaction: few, because each locks its advocate's account. */
const atOnce = 20;

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
  const due = await takeDue(scope, now, atOnce, only);
  if (due.length === 0) return 0;
  const shop = await readShop(scope);
  const { currency } = shop;
  const claims = await readClaims(
    scope,
    due.map(({ orderId }) => orderId),
  );
  const money = (minor: number) => `${formatDecimal(minor, currency)} ${currency}`;
  const changes: Change[] = [];
  for (const one of due) {
    const claim = claims.get(one.orderId);
    const paidElsewhere = claim !== undefined && claim.programme !== 'referral';
    const { note, ...settled } = await settleReferral(scope, one, { now, currency, paidElsewhere, money });
    // Each before the next is judged: an advocate's friends are counted one after the other.
    await saveSettled(scope, [settled], now);
    changes.push({ before: one, after: settled });
    if (note !== null) await addSteps(scope, [{ orderId: one.orderId, by, state: settled.state, note }], now);
  }
  await tellOfReferrals(services, scope, shop, changes);
  return due.length;
}
