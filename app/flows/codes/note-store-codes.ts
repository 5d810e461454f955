import { isDeepStrictEqual } from 'node:util';
import { selectStoreCodes } from '#app/domains/incentives/index.ts';
import { mergePlatformState } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ConnectedShop } from '../connected-shop.ts';

/**
 * Keeps what the codes of the store take off, where its checkout does not know: discounts of ours leave that much.
 * @returns whether it is something else than before
 */
export async function noteStoreCodes(
  { db }: Pick<Services, 'db'>,
  { shop, ref, platform }: Pick<ConnectedShop, 'shop' | 'ref' | 'platform'>,
): Promise<boolean> {
  const discounts = await platform.readStoreCodes(ref);
  if (discounts === null) return false;
  const storeCodes = selectStoreCodes(discounts);
  const known = shop.platformState.storeCodes;
  if (isDeepStrictEqual(storeCodes, known)) return false;
  await db.inShop(ref.shopId, (scope) =>
    mergePlatformState(scope, { storeCodes: { ...storeCodes, named: storeCodes.named.map((code) => [...code]) } }),
  );
  // That there are none is worth knowing too, but changes nothing.
  return known !== undefined || !isDeepStrictEqual(storeCodes, { named: [], rest: 0 });
}
