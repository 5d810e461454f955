import { createHash } from 'node:crypto';
import type { AccessPublication } from '#app/platforms/platform.ts';
import type { Restriction, ToldFacts } from './model.ts';

/** Letters of a key: enough that no two things of a shop share one, and short in what the checkout reads. */
const keyLength = 10;

/**
 * What a customer holds and a product asks for. It says nothing of the programme to whoever reads it in the store.
 * @param kind a level of the programme, or an offer that gave early access
 */
export function keyOf(kind: 'level' | 'offer', id: string): string {
  return createHash('sha256').update(`${kind} ${id}`).digest('base64url').slice(0, keyLength);
}

/** Stands among the keys of whoever takes part: pages ask others whether they want to. No product asks for it. */
const memberKey = 'member';

/** All that a customer holds. */
export const keysOf = ({ member, tier, offers }: Pick<ToldFacts, 'member' | 'tier' | 'offers'>): string[] => [
  ...(member ? [memberKey] : []),
  ...(tier === '' ? [] : [keyOf('level', tier)]),
  ...offers.map((id) => keyOf('offer', id)),
];

/** Where a product stands, as far as restrictions ask. */
export interface PlacedProduct {
  readonly id: string;
  readonly collectionIds: readonly string[];
}

/**
 * Who may buy each of these products now; products that everybody may buy are missing. Of several restrictions of one
 * product whoever meets one of them may buy, and the product is free once the last of them is over.
 */
export function accessOf(
  restrictions: readonly Restriction[],
  products: readonly PlacedProduct[],
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
): Map<string, AccessPublication> {
  const days = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const running = restrictions.filter(({ until }) => until === null || until > now);
  const found = new Map<string, AccessPublication>();
  for (const { id, collectionIds } of products) {
    const own = running.filter(
      (one) =>
        one.productIds.includes(id) || one.collectionIds.some((collection) => collectionIds.includes(collection)),
    );
    if (own.length === 0) continue;
    const ends = own.map(({ until }) => until);
    const last = ends.includes(null) ? null : new Date(Math.max(...ends.map((end) => end?.getTime() ?? 0)));
    found.set(id, {
      keys: [...new Set(own.flatMap(({ keys }) => keys))].toSorted(),
      levels: [...new Set(own.flatMap(({ levels }) => levels))],
      endsAt: last?.toISOString() ?? null,
      day: last && days.format(last),
    });
  }
  return found;
}

/** When the next of them ends; null where none does. */
export function nextEnd(restrictions: readonly Restriction[], now: Date): Date | null {
  const ends = restrictions.flatMap(({ until }) => (until !== null && until > now ? [until.getTime()] : []));
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
