import type { ShopScope } from '#app/infra/database.ts';
import { readRules } from '../store.ts';
import { lockMembers, readMemberIdsAfter } from '../store-members.ts';
import { moveTiers } from './move-tiers.ts';

/**
 * Has the tiers of the next members follow their figures: time alone moves members down.
 * @param after the last member of the page before; '' = from the beginning
 * @returns the last member of this page; null where there are no more
 */
export async function moveAllTiers(
  scope: ShopScope,
  page: { readonly after: string; readonly limit: number },
  now: Date,
): Promise<string | null> {
  const rules = await readRules(scope);
  if (!rules) return null;
  const ids = await readMemberIdsAfter(scope, page.after, page.limit);
  await moveTiers(scope, await lockMembers(scope, ids), rules, now);
  return ids.length < page.limit ? null : (ids.at(-1) ?? null);
}
