import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { findProgramme } from './store.ts';

/** Titles of rewards as they were redeemed, by the redemptions' ids. */
export async function readRewardTitles(scope: ShopScope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await scope.tx.$queryRaw<{ id: string; title: string }[]>`
    SELECT id::text AS id, title FROM loyalty_redemption
    WHERE shop_id = ${scope.shopId}::uuid AND id = ANY(${toArrayLiteral(ids.filter(isUuid))}::uuid[])`;
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** Names of the tiers that members came into, by the ids of the changes; without those that the programme has no more. */
export async function readReachedTiers(scope: ShopScope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const numbers = ids.filter((id) => /^\d{1,18}$/.test(id));
  const rows = await scope.tx.$queryRaw<{ id: string; tier: string }[]>`
    SELECT id::text AS id, to_tier AS tier FROM loyalty_tier_change
    WHERE shop_id = ${scope.shopId}::uuid AND id = ANY(${toArrayLiteral(numbers)}::bigint[])`;
  const levels = rows.length > 0 ? ((await findProgramme(scope))?.settings.tiers.levels ?? []) : [];
  const names = new Map(levels.map(({ id, name }) => [id, name]));
  return new Map(rows.flatMap(({ id, tier }) => (names.has(tier) ? [[id, names.get(tier) ?? '']] : [])));
}
