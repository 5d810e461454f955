import { countUnnamed } from '#app/domains/identity/index.ts';
import type { LeftOut } from '#app/domains/segments/index.ts';
import { countOrdersInOtherCurrency } from '#app/domains/orders/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Rates } from '#app/shared/rates.ts';

const yearMs = 365 * 86_400_000;

/**
 * What of the past year the groups cannot show.
 * @param rates those that the groups reckon other currencies with
 */
export async function countLeftOut(scope: ShopScope, currency: string, rates: Rates, now: Date): Promise<LeftOut> {
  const since = new Date(now.getTime() - yearMs);
  const rated = Object.keys(rates);
  return {
    guests: { unnamed: await countUnnamed(scope, since) },
    unpriced: await countOrdersInOtherCurrency(scope, [currency, ...rated], since),
    rated,
  };
}
