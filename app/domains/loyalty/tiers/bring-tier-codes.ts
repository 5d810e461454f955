import { issueCodes, type RandomBytes, readCodesOf, withdrawCode } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { DefaultLanguage } from '../default-words.ts';
import { versionAt } from '../model.ts';
import { readRules } from '../store.ts';
import { lockMembers, readMemberIdsAfter } from '../store-members.ts';
import { tierCodeTitle } from '../untouched.ts';
import { readStays } from './store-tier-codes.ts';

/** Of which tier a code is, by its purpose. */
export const tierOfPurpose = (purpose: string): string => purpose.slice(0, purpose.lastIndexOf(' '));

/** What the codes of tiers are issued for. */
export const tierCodeKind = 'loyalty-tier';
const terms = { type: 'free-shipping', minSubtotalMinor: null, productIds: null } as const;

/**
 * Has the next members hold the codes of their tier and no other: a code that frees their own orders from shipping costs
 * as long as they are in a tier that brings it. Who comes back into a tier gets a new one.
 * @param page.after the last member of the page before; '' = from the beginning
 * @returns the last member of this page, null where there are no more; and whether the store has to make or remove codes
 */
export async function bringTierCodes(
  scope: ShopScope,
  page: { readonly after: string; readonly limit: number },
  issuing: {
    readonly now: Date;
    readonly random: RandomBytes;
    /** of the store, whose checkout names the code; left out = English */
    readonly language?: DefaultLanguage;
  },
): Promise<{ readonly next: string | null; readonly changed: boolean }> {
  const rules = await readRules(scope);
  if (!rules) return { next: null, changed: false };
  const ids = await readMemberIdsAfter(scope, page.after, page.limit);
  const next = ids.length < page.limit ? null : (ids.at(-1) ?? null);
  const members = await lockMembers(scope, ids);
  const levels = versionAt(rules.versions, issuing.now)?.settings.tiers.levels ?? [];
  const free = new Map(levels.filter(({ freeShipping }) => freeShipping).map((level) => [level.id, level]));
  const stays = await readStays(scope, members, [...free.keys()]);
  const wishes = stays.map(({ customerId, tier, since }) => ({
    source: { kind: tierCodeKind, id: customerId, purpose: `${tier} ${since.toISOString()}` },
    title: tierCodeTitle(free.get(tier) ?? { id: tier, name: '' }, issuing.language ?? 'en'),
    terms,
    customerId,
    uses: null,
    startsAt: issuing.now,
    endsAt: null,
  }));
  const wanted = new Set(wishes.map(({ source }) => `${source.id} ${source.purpose}`));
  const standing = (await readCodesOf(scope, tierCodeKind, members)).filter(
    ({ state }) => state === 'wanted' || state === 'open' || state === 'refused',
  );
  const over = standing.filter(({ source }) => !wanted.has(`${source.id} ${source.purpose}`));
  for (const { source } of over) await withdrawCode(scope, source);
  const issued = wishes.length === 0 ? [] : await issueCodes(scope, wishes, issuing);
  return { next, changed: over.length > 0 || issued.some(({ outcome }) => outcome === 'issued') };
}
