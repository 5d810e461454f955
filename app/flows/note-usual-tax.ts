import { readUsualTax } from '#app/domains/orders/index.ts';
import { findShop, saveLearntTax } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Days of orders that say which tax is usual: a rate that was lowered since goes on making discounts smaller until then. */
const usualDays = 365;

/** Keeps which tax the shop's latest orders bear, for prices that contain tax where the merchant enters no rate. */
export async function noteUsualTax({ db, clock }: Pick<Services, 'db' | 'clock'>, shopId: ShopId): Promise<void> {
  const since = new Date(clock.now().getTime() - usualDays * 86_400_000);
  await db.inShop(shopId, async (scope) => {
    const tax = (await findShop(scope))?.tax;
    const { bps, orders } = (await readUsualTax(scope, since)) ?? { bps: null, orders: 0 };
    if (tax && (tax.learntBps !== bps || tax.orders !== orders)) await saveLearntTax(scope, { bps, orders });
  });
}
