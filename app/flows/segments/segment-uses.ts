import { type OfferState, readOffers } from '#app/domains/personal-offers/index.ts';
import { readSegmentTags, type SegmentRef } from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** What stands on a segment: without it, it would reach nobody. */
export interface SegmentUses {
  readonly offers: readonly { readonly id: string; readonly title: string; readonly status: OfferState }[];
  /** what its customers carry in the store; null = nothing */
  readonly tag: string | null;
}

/** Where each segment is used, by the segment; one that is used nowhere is left out. */
export async function readSegmentUses(scope: ShopScope): Promise<ReadonlyMap<SegmentRef, SegmentUses>> {
  const uses = new Map<SegmentRef, SegmentUses>();
  const of = (ref: SegmentRef): SegmentUses => uses.get(ref) ?? { offers: [], tag: null };
  for (const [ref, tag] of await readSegmentTags(scope)) uses.set(ref, { ...of(ref), tag });
  for (const { id, title, status, terms } of await readOffers(scope)) {
    // What is over gives nothing; where it begins again without a segment, its page says so.
    if (status === 'ended') continue;
    const { trigger, among } = terms;
    for (const ref of new Set([...(trigger.type === 'segment' ? trigger.segments : []), ...among]))
      uses.set(ref, { ...of(ref), offers: [...of(ref).offers, { id, title, status }] });
  }
  return uses;
}

/** Why a segment cannot be archived, as a sentence; null = it can. */
export function keptBy(uses: SegmentUses | undefined): string | null {
  const titles = (uses?.offers ?? []).map(({ title }) => `“${title}”`);
  const [last, ...before] = titles.toReversed();
  const offers =
    last === undefined
      ? []
      : [
          before.length === 0
            ? `The personal offer ${last} goes to its customers: end the offer, or choose another segment there first.`
            : `The personal offers ${before.toReversed().join(', ')} and ${last} go to its customers: end them, or choose another segment there first.`,
        ];
  const tag = uses?.tag ?? null;
  const tags =
    tag === null
      ? []
      : [`Its customers carry the tag “${tag}” in the store: take the tag away on the segment’s page first.`];
  return offers.length + tags.length === 0 ? null : [...offers, ...tags].join(' ');
}
