import { accessOf, keysOf, readRestricted, readTold } from '#app/domains/access/index.ts';
import type { CartCandidates } from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { readRestrictions } from './restrictions.ts';

/** Products that are kept for some customers now, each with the keys of which a buyer needs one. */
export type KeptProducts = ReadonlyMap<string, readonly string[]>;

export const nothingKept: KeptProducts = new Map();

export async function readKept(scope: ShopScope, timeZone: string, now: Date): Promise<KeptProducts> {
  const restrictions = await readRestrictions(scope, now);
  if (restrictions.length === 0) return nothingKept;
  const access = accessOf(restrictions, await readRestricted(scope, restrictions), { now, timeZone });
  return new Map([...access].map(([productId, { keys }]) => [productId, keys]));
}

/** What the store was told that the customer holds; the checkout goes by the same. */
export async function readHeldKeys(scope: ShopScope, customerId: string): Promise<string[]> {
  return (await readTold(scope, [customerId])).flatMap(keysOf);
}

/** The candidates without what the checkout would refuse to whoever holds these keys. */
export function withoutKept(
  candidates: CartCandidates,
  kept: KeptProducts,
  held: readonly string[] = [],
): CartCandidates {
  if (kept.size === 0) return candidates;
  const open = (productId: string) => kept.get(productId)?.some((key) => held.includes(key)) ?? true;
  return {
    ...candidates,
    list: candidates.list.filter((one) => open(one.productId)),
    cards: new Map([...candidates.cards].filter(([productId]) => open(productId))),
  };
}
