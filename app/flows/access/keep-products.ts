import { accessOf, forgetAllTold, nextEnd, readRestricted } from '#app/domains/access/index.ts';
import { mergePlatformState } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { AccessPublication } from '#app/platforms/platform.ts';
import type { ConnectedShop } from '../connected-shop.ts';
import { enqueueTelling } from './enqueue.ts';
import { readRestrictions } from './restrictions.ts';

export interface KeptForSome {
  /** by product; products that everybody may buy are missing */
  readonly access: ReadonlyMap<string, AccessPublication>;
  /** when the next product becomes everybody's */
  readonly nextChangeAt: Date | null;
}

/**
 * Which products are kept for whom. The checkout turns others away before the first page says that a product is kept.
 * @param fresh the store knows nothing of us: what its customers are told is told anew
 */
export async function keepProducts(
  services: Services,
  { shop, ref, platform, capabilities }: ConnectedShop,
  fresh: boolean,
): Promise<KeptForSome> {
  if (!capabilities.exclusiveProducts) return { access: new Map(), nextChangeAt: null };
  const now = services.clock.now();
  const kept = await services.db.inShop(ref.shopId, async (scope) => {
    const forgotten = fresh ? await forgetAllTold(scope) : 0;
    const restrictions = await readRestrictions(scope, now);
    const products = await readRestricted(scope, restrictions);
    const access = accessOf(restrictions, products, { now, timeZone: shop.timeZone });
    return { access, nextChangeAt: nextEnd(restrictions, now), forgotten };
  });
  if (kept.forgotten > 0) await enqueueTelling(services, ref.shopId);
  const on = kept.access.size > 0;
  const stands = !fresh && (shop.platformState.accessGuarded ?? false);
  if (on !== stands) {
    await platform.guardAccess(ref, on);
    await services.db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { accessGuarded: on }));
  }
  return kept;
}
