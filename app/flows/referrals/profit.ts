import { customerHoldoutResult, type ExperimentResult } from '#app/domains/experiments/index.ts';
import { broughtBy, readAdvocatesBefore, readBrought, readHoldout } from '#app/domains/referrals/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { capabilitiesOfShop } from '../connected-shop.ts';
import { keptMeasurement } from '../kept-measurement.ts';

/** A large shop's sums may take this long (milliseconds). */
const sumsTimeoutMs = 120_000;

/**
 * What referrals alone changed: profit of customers who are asked to recommend the store, with that of the friends whom they
 * brought, beside customers who are not asked.
 */
export async function referralProfit(
  services: Pick<Services, 'db' | 'clock' | 'cache' | 'platforms'>,
  shopId: ShopId,
): Promise<ExperimentResult> {
  const now = services.clock.now();
  const holdout = await services.db.inShop(shopId, readHoldout);
  if (holdout === null) return { status: 'off' };
  const key = `referral-profit:${shopId}:${holdout.since.toISOString()}`;
  return keptMeasurement(services, { key, since: holdout.since }, () =>
    services.db.inShop(
      shopId,
      async (scope) => {
        const shop = await readShop(scope);
        const credit = await readCredit(scope, holdout.since, capabilitiesOfShop(services, shop)?.storeCredit ?? false);
        return customerHoldoutResult(scope, holdout, { now, marginBps: shop.settings.defaultMarginBps, credit });
      },
      { timeoutMs: sumsTimeoutMs },
    ),
  );
}

/**
 * Friends count as those who brought them and in neither group themselves; what a friend was given for friends of their own
 * is the cost of who brought them. Who had a link before is in neither group, because a held-out customer may have one as
 * well. Rewards that are codes come off the orders that they are used on; credit that the store keeps is in no order, so
 * that it is taken off here.
 */
async function readCredit(scope: ShopScope, since: Date, storeCredit: boolean) {
  const brought = await readBrought(scope, since);
  const { customers, orders } = broughtBy(brought);
  const ownerOf = new Map(customers.map(({ customerId, owner }) => [customerId, owner]));
  const owned = <T extends { readonly owner: string | null }>(rows: readonly T[]) =>
    rows.flatMap((row) => (row.owner === null ? [] : [{ ...row, owner: row.owner }]));
  return {
    leftOut: [...(await readAdvocatesBefore(scope, since)), ...customers.map(({ customerId }) => customerId)],
    customers: owned(customers),
    orders: owned(orders),
    costs: brought.flatMap(({ advocateId, creditMinor, placedAt }) =>
      storeCredit && advocateId !== null && creditMinor !== null
        ? [{ owner: ownerOf.get(advocateId) ?? advocateId, minor: creditMinor, at: placedAt }]
        : [],
    ),
  };
}
