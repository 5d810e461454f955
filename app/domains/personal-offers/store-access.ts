import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { readOffers } from './store.ts';

/** Products that an offer keeps for whom it invites. */
export interface EarlyAccess {
  readonly offerId: string;
  readonly productIds: readonly string[];
  readonly until: Date;
}

/** What offers keep now: from their start until their day has come or the merchant ends them. */
export async function readEarlyAccess(scope: ShopScope, now: Date): Promise<EarlyAccess[]> {
  const offers = await readOffers(scope);
  return offers.flatMap(({ id, status, terms: { gift } }): EarlyAccess[] => {
    const runs = status === 'live' || status === 'paused';
    if (gift.type !== 'early-access' || !runs || new Date(gift.until) <= now) return [];
    return [{ offerId: id, productIds: gift.productIds, until: new Date(gift.until) }];
  });
}

/** Who may buy early by which offer: a statement for those of other stores. */
export const invitationsOf = (shopId: ShopId, now: Date): Prisma.Sql => Prisma.sql`
  SELECT g.customer_id, g.offer_id::text AS offer FROM personal_offer o
  JOIN personal_offer_grant g ON g.shop_id = o.shop_id AND g.offer_id = o.id
  WHERE o.shop_id = ${shopId}::uuid AND o.status IN ('live', 'paused') AND o.terms->'gift'->>'type' = 'early-access'
    AND g.state = 'given' AND g.customer_id IS NOT NULL AND g.ends_at > ${now}`;
